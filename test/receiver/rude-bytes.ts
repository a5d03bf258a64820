import { expect } from 'vitest'
import { readItems } from '../../shared/dicom/association-item.ts'
import {
  type AssociationRequest,
  dicomApplicationContext,
  writeAssociationRequest,
} from '../../shared/dicom/association-request.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { dataPdu, pdu, pduType } from '../../shared/dicom/pdu.ts'
import { ctImageStorage, explicitLittle, type SmallObject } from '../archive/archive-for-tests.ts'

// The bytes of associations that behave as no device does.

export const verification = '1.2.840.10008.1.1'
export const implicitLittle = '1.2.840.10008.1.2'

export const request = (more: Partial<AssociationRequest> = {}): Buffer =>
  writeAssociationRequest({
    protocolVersion: 1,
    calledAeTitle: 'YINGZHAN',
    callingAeTitle: 'CT1',
    applicationContext: dicomApplicationContext,
    contexts: [
      { id: 1, abstractSyntax: ctImageStorage, transferSyntaxes: [explicitLittle] },
      { id: 3, abstractSyntax: verification, transferSyntaxes: [implicitLittle] },
    ],
    maxPduLength: 16384,
    implementationClassUid: '1.2.3',
    implementationVersionName: 'HOSTILE',
    ...more,
  })

export const item = (type: number, value: Buffer): Buffer => {
  const head = Buffer.from([type, 0, 0, 0])
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value])
}

/** The request with more items in its user information, which is its last item. */
export function withUserItems(...items: readonly Buffer[]): Buffer {
  const body = request().subarray(6)
  const user = readItems(body.subarray(68)).at(-1)!.value
  const before = body.subarray(0, body.length - user.length - 4)
  return pdu(pduType.associateRq, Buffer.concat([before, item(0x50, Buffer.concat([user, ...items]))]))
}

/** The items of an A-ASSOCIATE-AC, and those of its user information. */
export function answerOf(bytes: Buffer) {
  expect(bytes[0]).toBe(pduType.associateAc)
  const items = readItems(bytes.subarray(74, 6 + bytes.readUInt32BE(2)))
  const contexts = items.filter(({ type }) => type === 0x21).map(({ value }) => ({ id: value[0], result: value[2] }))
  return { contexts, user: readItems(items.find(({ type }) => type === 0x50)!.value) }
}

export const command = (
  field: number,
  sopClassUid: string,
  hasDataSet: boolean,
  messageId: number,
  instanceUid?: string,
) =>
  encodeDataSet(
    [
      { tag: 0x00000002, vr: 'UI', value: sopClassUid },
      { tag: 0x00000100, vr: 'US', value: field },
      { tag: 0x00000110, vr: 'US', value: messageId },
      { tag: 0x00000700, vr: 'US', value: 0 },
      { tag: 0x00000800, vr: 'US', value: hasDataSet ? 1 : 0x0101 },
      ...(instanceUid ? [{ tag: 0x00001000, vr: 'UI', value: instanceUid }] : []),
    ],
    { explicitVr: false, text: 'ascii' },
  )
export const storeOf = ({ sopInstanceUid }: SmallObject, messageId: number) =>
  dataPdu(1, true, true, command(1, ctImageStorage, true, messageId, sopInstanceUid))
export const echoOf = (messageId: number) => dataPdu(3, true, true, command(0x30, verification, false, messageId))
/** Whole P-DATA-TF PDUs that came after the A-ASSOCIATE-AC. */
export function answersIn(bytes: Buffer): number {
  let count = 0
  for (let at = 0; at + 6 <= bytes.length; at += 6 + bytes.readUInt32BE(at + 2)) {
    if (bytes[at] === pduType.dataTf) count++
  }
  return count
}

export const violationIn = (bytes: Buffer): boolean => bytes.includes(Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 2]))
