import { once } from 'node:events'
import { connect } from 'node:net'
import {
  dicomApplicationContext,
  type ProposedContext,
  type RoleSelection,
  writeAssociationRequest,
} from '../../shared/dicom/association-request.ts'
import { type CommandSet, commandField, readCommandSet } from '../../shared/dicom/command-set.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { encodeResponse } from '../../shared/dicom/dimse-command.ts'
import { dataPdu, pdu, pduType } from '../../shared/dicom/pdu.ts'
import type { TestReceiver } from './receiver-for-tests.ts'

export type PeerMessage = { readonly contextId: number; readonly command: CommandSet; readonly dataSet: Buffer }

/** A workstation that is told step by step what to do, for what ready-made programs never do in the middle of an answer. */
export async function openPeer(
  station: TestReceiver,
  given: {
    readonly aeTitle: string
    readonly contexts: readonly ProposedContext[]
    readonly roles?: readonly RoleSelection[]
  },
) {
  const socket = connect(station.station)
  socket.on('error', () => {})
  const pdus = pdusOf(socket)
  socket.write(
    writeAssociationRequest({
      protocolVersion: 1,
      calledAeTitle: 'YINGZHAN',
      callingAeTitle: given.aeTitle,
      applicationContext: dicomApplicationContext,
      contexts: given.contexts,
      maxPduLength: 16_384,
      implementationClassUid: '1.2.3',
      implementationVersionName: 'TEST',
      ...(given.roles && { roles: given.roles }),
    }),
  )
  const first = await pdus.next()
  if (first.done || first.value.type !== pduType.associateAc) throw new Error('the association was not accepted')

  const send = (contextId: number, command: Buffer, dataSet?: Buffer) => {
    socket.write(dataPdu(contextId, true, true, command))
    if (dataSet) socket.write(dataPdu(contextId, false, true, dataSet))
  }
  const commandSet = (elements: readonly ElementToWrite[]) =>
    encodeDataSet(elements, { explicitVr: false, text: 'ascii' })
  return {
    socket,
    /** A request with an identifier. `more`: as MoveDestination. */
    ask(
      contextId: number,
      field: number,
      sopClassUid: string,
      identifier: Buffer,
      more: readonly ElementToWrite[] = [],
    ) {
      const command = commandSet([
        { tag: 0x00000002, vr: 'UI', value: sopClassUid },
        { tag: 0x00000100, vr: 'US', value: field },
        { tag: 0x00000110, vr: 'US', value: 7 },
        { tag: 0x00000700, vr: 'US', value: 0 },
        { tag: 0x00000800, vr: 'US', value: 1 },
        ...more,
      ])
      send(contextId, command, identifier)
    },
    cancel(contextId: number) {
      const command = commandSet([
        { tag: 0x00000100, vr: 'US', value: commandField.cCancelRq },
        { tag: 0x00000120, vr: 'US', value: 7 },
        { tag: 0x00000800, vr: 'US', value: 0x0101 },
      ])
      send(contextId, command)
    },
    answer(request: PeerMessage, status: number) {
      send(request.contextId, encodeResponse(request.command, { status }))
    },
    async message(): Promise<PeerMessage> {
      const command: Buffer[] = []
      const dataSet: Buffer[] = []
      for (;;) {
        const { value, done } = await pdus.next()
        if (done) throw new Error('the station went away')
        if (value.type !== pduType.dataTf) throw new Error(`PDU type ${value.type}`)
        const { body } = value
        const control = body.readUInt8(5)
        ;((control & 1) === 1 ? command : dataSet).push(body.subarray(6))
        if ((control & 2) === 0) continue
        const read = readCommandSet(Buffer.concat(command))
        if ((control & 1) === 0 || !read.hasDataSet) {
          return { contextId: body.readUInt8(4), command: read, dataSet: Buffer.concat(dataSet) }
        }
      }
    },
    async release() {
      socket.write(pdu(pduType.releaseRq, Buffer.alloc(4)))
      const { value } = await pdus.next()
      socket.destroy()
      return value?.type
    },
    async vanish() {
      socket.destroy()
      await once(socket, 'close')
    },
  }
}

export const identifierOf = (...elements: readonly ElementToWrite[]): Buffer =>
  encodeDataSet(elements, { explicitVr: true, text: 'gb18030' })

/** Every PDU of the station holds one value. */
async function* pdusOf(socket: AsyncIterable<Buffer>) {
  let bytes = Buffer.alloc(0)
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk])
    while (bytes.length >= 6 && bytes.length >= 6 + bytes.readUInt32BE(2)) {
      const end = 6 + bytes.readUInt32BE(2)
      yield { type: bytes.readUInt8(0), body: bytes.subarray(6, end) }
      bytes = bytes.subarray(end)
    }
  }
}
