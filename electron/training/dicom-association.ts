import { connect, type Socket } from 'node:net'
import { readItems } from '../../shared/dicom/association-item.ts'
import { dicomApplicationContext, writeAssociationRequest } from '../../shared/dicom/association-request.ts'
import { type CommandSet, commandField, readCommandSet } from '../../shared/dicom/command-set.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { dicomStatus } from '../../shared/dicom/dicom-status.ts'
import { implementationClassUid } from '../../shared/dicom/implementation.ts'
import { dataPdu, pdu, pduType } from '../../shared/dicom/pdu.ts'

export type AssociationAddress = {
  readonly callingAeTitle: string
  readonly calledAeTitle: string
  readonly host: string
  readonly port: number
}

export type WantedContext = { readonly abstractSyntax: string; readonly transferSyntaxes: readonly string[] }
export type GrantedContext = { readonly id: number; readonly abstractSyntax: string; readonly transferSyntax: string }

/** The station said no, or went away. `reason`: of the A-ASSOCIATE-RJ, PS3.8 table 9-21. */
export class AssociationFailed extends Error {
  readonly kind: 'rejected' | 'aborted' | 'closed'
  readonly reason: number | undefined
  constructor(kind: AssociationFailed['kind'], reason?: number) {
    super(reason === undefined ? `association ${kind}` : `association ${kind}, reason ${reason}`)
    this.name = 'AssociationFailed'
    this.kind = kind
    this.reason = reason
  }
}

type Message = { readonly command: CommandSet; readonly dataSet: Buffer }
/** An N-EVENT-REPORT that the station sent on this association; it was answered with success. */
export type EventReport = { readonly eventTypeId: number; readonly dataSet: Buffer; readonly transferSyntax: string }
export type DicomAssociation = Awaited<ReturnType<typeof openAssociation>>

/**
 * The calling side of an association, PS3.8 and PS3.7, in the few words a modality needs. It sends data sets as they are, byte for
 * byte, and hands over answers undecoded: what a real device does, and what a library that parses cannot.
 */
export async function openAssociation(address: AssociationAddress, wanted: readonly WantedContext[]) {
  const socket = await connected(address)
  const pdus = pdusOf(socket)
  const contexts = wanted.map((context, index) => ({ id: index * 2 + 1, ...context }))
  socket.write(
    writeAssociationRequest({
      protocolVersion: 1,
      calledAeTitle: address.calledAeTitle,
      callingAeTitle: address.callingAeTitle,
      applicationContext: dicomApplicationContext,
      contexts,
      maxPduLength: 128 * 1024,
      implementationClassUid,
      implementationVersionName: 'YINGZHAN_SIM',
    }),
  )
  const answer = await nextPdu()
  if (answer.type !== pduType.associateAc) throw new AssociationFailed('closed')
  const { granted, longestPdu } = readAnswer(answer.body, contexts)
  let messageId = 0

  async function nextPdu(): Promise<{ readonly type: number; readonly body: Buffer }> {
    const { value, done } = await pdus.next()
    if (done) throw new AssociationFailed('closed')
    if (value.type === pduType.associateRj) throw new AssociationFailed('rejected', value.body.readUInt8(3))
    if (value.type === pduType.abort) throw new AssociationFailed('aborted', value.body.readUInt8(3))
    return value
  }

  async function send(bytes: Buffer): Promise<void> {
    if (socket.destroyed) throw new AssociationFailed('closed')
    if (!socket.write(bytes)) await new Promise<void>((resolve) => onceDrainedOrClosed(socket, resolve))
  }

  async function sendCommand(
    context: GrantedContext,
    elements: Readonly<Record<number, number | string>>,
  ): Promise<void> {
    const rest = encodeDataSet(
      Object.entries(elements).map(([tag, value]) => ({
        tag: Number(tag),
        vr: typeof value === 'number' ? 'US' : 'UI',
        value,
      })),
      { explicitVr: false, text: 'ascii' },
    )
    const length = encodeDataSet([{ tag: 0, vr: 'UL', value: rest.length }], { explicitVr: false, text: 'ascii' })
    await send(dataPdu(context.id, true, true, Buffer.concat([length, rest])))
  }

  async function sendDataSet(context: GrantedContext, bytes: Buffer, upTo = bytes.length): Promise<void> {
    const piece = longestPdu - 6
    for (let at = 0; at < upTo || at === 0; at += piece) {
      const end = Math.min(at + piece, upTo)
      await send(dataPdu(context.id, false, end === bytes.length, bytes.subarray(at, end)))
    }
  }

  async function nextMessage(): Promise<Message> {
    const parts: { command: Buffer[]; dataSet: Buffer[] } = { command: [], dataSet: [] }
    let command: CommandSet | undefined
    for (;;) {
      const { body } = await nextPdu()
      for (let at = 0; at + 6 <= body.length; ) {
        const end = at + 4 + body.readUInt32BE(at)
        const control = body.readUInt8(at + 5)
        const isCommand = (control & 1) === 1
        ;(isCommand ? parts.command : parts.dataSet).push(body.subarray(at + 6, end))
        at = end
        if ((control & 2) === 0) continue
        if (isCommand) command = readCommandSet(Buffer.concat(parts.command))
        if (command && (!isCommand || !command.hasDataSet)) return { command, dataSet: Buffer.concat(parts.dataSet) }
      }
    }
  }

  const reports: EventReport[] = []

  async function takeReport({ command, dataSet }: Message): Promise<void> {
    const context = contextFor(command.affectedSopClassUid)
    if (!context) throw new AssociationFailed('closed')
    reports.push({ eventTypeId: command.eventTypeId ?? 0, dataSet, transferSyntax: context.transferSyntax })
    await sendCommand(context, {
      2: command.affectedSopClassUid,
      256: commandField.nEventReportRq | 0x8000,
      288: command.messageId,
      2048: 0x0101,
      2304: dicomStatus.success,
      4096: command.affectedSopInstanceUid,
    })
  }

  /** The answer to what was asked; a report of the station may come before it. */
  async function nextAnswer(): Promise<Message> {
    for (;;) {
      const message = await nextMessage()
      if (message.command.field !== commandField.nEventReportRq) return message
      await takeReport(message)
    }
  }

  async function ask(context: GrantedContext, elements: Readonly<Record<number, number | string>>, dataSet: Buffer) {
    await sendCommand(context, { 272: ++messageId, 2048: 1, ...elements })
    await sendDataSet(context, dataSet)
    return (await nextAnswer()).command
  }

  function contextFor(abstractSyntax: string, transferSyntax?: string): GrantedContext | undefined {
    return granted.find(
      (context) =>
        context.abstractSyntax === abstractSyntax &&
        (transferSyntax === undefined || context.transferSyntax === transferSyntax),
    )
  }

  return {
    contextFor,
    granted,
    /** C-ECHO, PS3.7 9.3.5. */
    async echo(context: GrantedContext): Promise<number> {
      await sendCommand(context, {
        2: context.abstractSyntax,
        256: commandField.cEchoRq,
        272: ++messageId,
        2048: 0x0101,
      })
      return (await nextAnswer()).command.status ?? -1
    },
    /** C-FIND, PS3.7 9.3.2: every pending answer's identifier, then the final status. */
    async find(context: GrantedContext, identifier: Buffer): Promise<{ answers: Buffer[]; status: number }> {
      await sendCommand(context, {
        2: context.abstractSyntax,
        256: commandField.cFindRq,
        272: ++messageId,
        1792: 0,
        2048: 1,
      })
      await sendDataSet(context, identifier)
      const answers: Buffer[] = []
      for (;;) {
        const { command, dataSet } = await nextAnswer()
        if (command.status !== dicomStatus.pending) return { answers, status: command.status ?? -1 }
        answers.push(dataSet)
      }
    },
    /** C-STORE, PS3.7 9.3.1. `upTo`: stop in mid-instance, for trials of what a station does then; there is no answer. */
    async store(context: GrantedContext, sopInstanceUid: string, dataSet: Buffer, upTo?: number): Promise<number> {
      await sendCommand(context, {
        2: context.abstractSyntax,
        256: commandField.cStoreRq,
        272: ++messageId,
        1792: 0,
        2048: 1,
        4096: sopInstanceUid,
      })
      await sendDataSet(context, dataSet, upTo)
      if (upTo !== undefined && upTo < dataSet.length) return -1
      return (await nextAnswer()).command.status ?? -1
    },
    /** N-CREATE, PS3.7 10.3.5; '' leaves the instance's UID to the station. */
    create(context: GrantedContext, sopInstanceUid: string, dataSet: Buffer): Promise<CommandSet> {
      const instance: Readonly<Record<number, string>> = sopInstanceUid === '' ? {} : { 4096: sopInstanceUid }
      return ask(context, { 2: context.abstractSyntax, 256: commandField.nCreateRq, ...instance }, dataSet)
    },
    /** N-SET, PS3.7 10.3.3. */
    set: (context: GrantedContext, sopInstanceUid: string, dataSet: Buffer): Promise<CommandSet> =>
      ask(context, { 3: context.abstractSyntax, 256: commandField.nSetRq, 4097: sopInstanceUid }, dataSet),
    /** N-ACTION, PS3.7 10.3.4. */
    action: (context: GrantedContext, sopInstanceUid: string, actionTypeId: number, dataSet: Buffer) =>
      ask(
        context,
        { 3: context.abstractSyntax, 256: commandField.nActionRq, 4097: sopInstanceUid, 4104: actionTypeId },
        dataSet,
      ),
    /** The next N-EVENT-REPORT of the station; waits until it comes. */
    async report(): Promise<EventReport> {
      while (reports.length === 0) {
        const message = await nextMessage()
        if (message.command.field === commandField.nEventReportRq) await takeReport(message)
      }
      return reports.shift()!
    },
    async release(): Promise<void> {
      await send(pdu(pduType.releaseRq, Buffer.alloc(4)))
      await nextPdu()
      socket.destroy()
    },
    /** A-ABORT by the service user, PS3.8 9.3.8. */
    abort(): void {
      socket.end(pdu(pduType.abort, Buffer.alloc(4)))
    },
    /** The cable is pulled. */
    cut(): void {
      socket.destroy()
    },
  }
}

function connected({ host, port }: AssociationAddress): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      socket.on('error', () => {})
      resolve(socket)
    })
  })
}

function onceDrainedOrClosed(socket: Socket, done: () => void): void {
  const end = () => {
    socket.off('drain', end)
    socket.off('close', end)
    done()
  }
  socket.once('drain', end)
  socket.once('close', end)
}

async function* pdusOf(socket: Socket): AsyncGenerator<{ readonly type: number; readonly body: Buffer }> {
  let bytes = Buffer.alloc(0)
  try {
    for await (const chunk of socket) {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
      while (bytes.length >= 6 && bytes.length >= 6 + bytes.readUInt32BE(2)) {
        const end = 6 + bytes.readUInt32BE(2)
        yield { type: bytes.readUInt8(0), body: bytes.subarray(6, end) }
        bytes = bytes.subarray(end)
      }
    }
  } catch {
    // the connection broke: there are no more PDUs
  }
}

/** A-ASSOCIATE-AC, PS3.8 9.3.3. */
function readAnswer(body: Buffer, wanted: readonly (WantedContext & { readonly id: number })[]) {
  const items = readItems(body.subarray(68))
  const granted: GrantedContext[] = []
  for (const { type, value } of items) {
    const context = wanted.find(({ id }) => type === 0x21 && id === value.readUInt8(0))
    if (!context || value.readUInt8(2) !== 0) continue
    const syntax =
      readItems(value.subarray(4))
        .find((item) => item.type === 0x40)
        ?.value.toString('latin1') ?? ''
    granted.push({ id: context.id, abstractSyntax: context.abstractSyntax, transferSyntax: syntax.replace(/\0+$/, '') })
  }
  const user = readItems(items.find((item) => item.type === 0x50)?.value ?? Buffer.alloc(0))
  const announced = user.find((item) => item.type === 0x51)?.value.readUInt32BE(0) ?? 0
  return { granted, longestPdu: Math.min(announced === 0 ? 128 * 1024 : announced, 128 * 1024) }
}
