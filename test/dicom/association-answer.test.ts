import { expect, test } from 'vitest'
import { readAssociationAccept, readAssociationReject } from '../../shared/dicom/association-answer.ts'
import { writeItem } from '../../shared/dicom/association-item.ts'

const implicit = '1.2.840.10008.1.2'
const explicit = '1.2.840.10008.1.2.1'
const proposed = [1, 3, 5, 7].map((id) => ({
  id,
  abstractSyntax: `1.2.3.${id}`,
  transferSyntaxes: [implicit, explicit],
}))
const accepted = (id: number, result: number, syntax: string) =>
  writeItem(0x21, Buffer.from([id, 0, result, 0]), writeItem(0x40, syntax))
const user = writeItem(0x50, writeItem(0x51, Buffer.from([0, 0, 0x40, 0])), writeItem(0x52, '1.2.3'))
const answer = Buffer.concat([
  Buffer.alloc(68),
  writeItem(0x10, '1.2.840.10008.3.1.1.1'),
  accepted(1, 0, `${explicit}\0`),
  accepted(3, 4, implicit),
  accepted(5, 0, '1.2.840.10008.1.2.4.50'),
  accepted(9, 0, implicit),
  writeItem(0x21, Buffer.from([7, 0, 0])),
  user,
])

test('an accept names the contexts that may be used: those asked for, not refused, in a syntax that was offered', () => {
  expect(readAssociationAccept(answer, proposed)).toMatchObject({
    contexts: [{ id: 1, abstractSyntax: '1.2.3.1', transferSyntax: explicit }],
    maxPduLength: 16_384,
    roles: [],
  })
})

test('an accept says which of the proposed roles were taken', () => {
  const role = (uid: string, scu: number, scp: number) =>
    writeItem(0x54, Buffer.from([0, uid.length]), uid, Buffer.from([scu, scp]))
  const roles = writeItem(0x50, role('1.2.3.1', 0, 1), role('1.2.3.2', 1, 0))
  expect(readAssociationAccept(Buffer.concat([Buffer.alloc(68), roles]), proposed)?.roles).toEqual([
    { sopClassUid: '1.2.3.1', scu: false, scp: true },
    { sopClassUid: '1.2.3.2', scu: true, scp: false },
  ])
})

test('an accept that is cut off anywhere is none, or says less, and never throws', () => {
  for (let length = 0; length < answer.length; length++) {
    const read = readAssociationAccept(answer.subarray(0, length), proposed)
    expect(read?.maxPduLength ?? 0).toBe(0)
  }
})

test('a reject says who refused and why', () => {
  expect(readAssociationReject(Buffer.from([0, 1, 1, 7]))).toEqual({ result: 1, source: 1, reason: 7 })
  expect(readAssociationReject(Buffer.alloc(0))).toEqual({ result: 0, source: 0, reason: 0 })
})
