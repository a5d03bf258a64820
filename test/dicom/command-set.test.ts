import { expect, test } from 'vitest'
import { commandField, readCommandSet, writeCommandSet } from '../../shared/dicom/command-set.ts'
import { PeerViolation } from '../../shared/dicom/pdu.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

test('a C-ECHO-RQ has the bytes of PS3.7 table 9.3-12, with their length before them', () => {
  const written = writeCommandSet({
    field: commandField.cEchoRq,
    messageId: 7,
    hasDataSet: false,
    affectedSopClassUid: '1.2.840.10008.1.1',
  })
  const expected = [
    '0000 0000 04000000 38000000',
    '0000 0200 12000000 312e322e3834302e31303030382e312e3100',
    '0000 0001 02000000 3000',
    '0000 1001 02000000 0700',
    '0000 0008 02000000 0101',
  ]
  expect(written.toString('hex')).toBe(hex(expected.join('')).toString('hex'))
})

test.each([
  ['a request', commandField.nActionRq],
  ['a response', commandField.nActionRq | 0x8000],
  ['a cancel', commandField.cCancelRq],
])('%s is read as it was written', (_, field) => {
  const command = {
    field,
    messageId: 65_535,
    hasDataSet: true,
    affectedSopClassUid: '1.2.3',
    affectedSopInstanceUid: '1.2.3.4',
    requestedSopClassUid: '1.2.5',
    requestedSopInstanceUid: '1.2.5.6',
    priority: 2,
    moveDestination: 'WS1',
    eventTypeId: 1,
    actionTypeId: 2,
    status: 0xb000,
    errorComment: 'no room',
  }
  expect(readCommandSet(writeCommandSet(command))).toEqual({ ...command, attributeIdentifierList: [] })
})

test('what is cut off, of another group or without a field is no command set', () => {
  const whole = writeCommandSet({ field: commandField.cEchoRq, messageId: 1, hasDataSet: false })
  for (let length = 0; length < 22; length++) {
    expect(() => readCommandSet(whole.subarray(0, length)), String(length)).toThrow(PeerViolation)
  }
  expect(() => readCommandSet(Buffer.concat([whole, hex('0800 0500 00000000')]))).toThrow(PeerViolation)
})
