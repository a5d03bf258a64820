import { describe, expect, test } from 'vitest'
import type { AcceptedContext } from '../../electron/station/receiver/context-answer.ts'
import { createConversation } from '../../electron/station/receiver/dimse-conversation.ts'
import { contextToGive, syntaxToGive } from '../../electron/station/receiver/get-context.ts'
import type { MessageWriter } from '../../electron/station/receiver/message-writer.ts'
import { keysOfRetrieve, readIdentifier } from '../../electron/station/receiver/query-retrieve-identifier.ts'
import {
  countElements,
  endOfStatus,
  failedIdentifier,
  finalStatus,
} from '../../electron/station/receiver/query-retrieve-progress.ts'
import { type CommandSet, commandField, readCommandSet } from '../../shared/dicom/command-set.ts'
import { fragmentsOf, largestFragment } from '../../shared/dicom/data-fragments.ts'
import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { dicomStatus } from '../../shared/dicom/dicom-status.ts'
import { encodeResponse, encodeStoreRq } from '../../shared/dicom/dimse-command.ts'

const implicit = '1.2.840.10008.1.2'
const explicit = '1.2.840.10008.1.2.1'
const bigEndian = '1.2.840.10008.1.2.2'
const jpeg = '1.2.840.10008.1.2.4.70'
const ct = '1.2.840.10008.5.1.4.1.1.2'

describe('where an object of a C-GET goes', () => {
  const context = (id: number, transferSyntax: string, scp?: boolean): AcceptedContext => ({
    id,
    result: 0,
    service: 'storage',
    abstractSyntax: ct,
    transferSyntax,
    ...(scp !== undefined && { roles: { scu: false, scp } }),
  })
  const idOf = (contexts: readonly AcceptedContext[], syntax: string) => {
    const found = contextToGive(contexts, ct, syntax)
    return typeof found === 'string' ? found : found.id
  }

  test('to the context of its own syntax, whichever of the class carries the roles', () =>
    expect(idOf([context(1, explicit, true), context(3, jpeg)], jpeg)).toBe(3))
  test('else uncompressed to another uncompressed one, compressed to none', () => {
    expect(idOf([context(1, implicit, true)], explicit)).toBe(1)
    expect(idOf([context(1, implicit, true)], bigEndian)).toBe(1)
    expect(idOf([context(1, explicit, true)], implicit)).toBe('syntax')
    expect(idOf([context(1, explicit, true)], jpeg)).toBe('syntax')
  })
  test('nowhere where the peer does not take the class', () => {
    expect(idOf([context(1, explicit)], explicit)).toBe('class')
    expect(idOf([context(1, explicit, false)], explicit)).toBe('class')
    expect(contextToGive([context(1, explicit, true)], '1.2.3', explicit)).toBe('class')
  })
  test('of several proposed syntaxes the first that is held is taken, implicit where it serves more', () => {
    expect(syntaxToGive([explicit, bigEndian, implicit], new Set([explicit]))).toBe(explicit)
    expect(syntaxToGive([explicit, bigEndian, implicit], new Set([explicit, implicit]))).toBe(implicit)
    expect(syntaxToGive([jpeg, explicit, implicit], new Set([jpeg, implicit]))).toBe(jpeg)
    expect(syntaxToGive([explicit, implicit], new Set([jpeg]))).toBeUndefined()
  })
})

describe('what sub-operations come to', () => {
  const all = { total: 3, completed: 3, warning: 0, failed: [] }
  test('success, warning, failure or cancel', () => {
    expect(finalStatus(all, false)).toBe(dicomStatus.success)
    expect(finalStatus({ ...all, completed: 2, failed: ['1.2'] }, false)).toBe(dicomStatus.subOperationsWithFailures)
    expect(finalStatus({ ...all, completed: 0, failed: ['1', '2', '3'] }, false)).toBe(
      dicomStatus.outOfResourcesSubOperations,
    )
    expect(finalStatus({ ...all, completed: 1 }, true)).toBe(dicomStatus.cancel)
    expect(finalStatus(all, true)).toBe(dicomStatus.success)
    const none = { total: 0, completed: 0, warning: 0, failed: [] }
    expect([finalStatus(none, true), finalStatus(none, false)]).toEqual([dicomStatus.cancel, dicomStatus.success])
  })
  test('counts what remains while it goes on', () => {
    const counts = (hasRemaining: boolean) =>
      countElements({ ...all, completed: 1, failed: ['1.2'] }, hasRemaining).map(({ tag, value }) => [tag, value])
    expect(counts(true)).toEqual([
      [0x1020, 1],
      [0x1021, 1],
      [0x1022, 1],
      [0x1023, 0],
    ])
    expect(counts(false).map(([tag]) => tag)).toEqual([0x1021, 0x1022, 0x1023])
  })
  test('a C-STORE-RSP is success, a warning or a failure', () => {
    expect([0x0000, 0xb000, 0xb007, 0xa700, 0xc001, 0x0110].map(endOfStatus)).toEqual([
      'completed',
      'warning',
      'warning',
      'failed',
      'failed',
      'failed',
    ])
  })
  test('the list of what failed fits into one element of explicit VR', () => {
    const failed = Array.from({ length: 5000 }, (_, at) => `2.25.${10 ** 15 + at}`)
    expect(failedIdentifier({ ...all, failed }, true)!.length).toBeLessThan(0x10000)
    expect(failedIdentifier(all, true)).toBeUndefined()
  })
})

describe('an identifier', () => {
  const read = (root: 'patient-root' | 'study-root', ...elements: readonly ElementToWrite[]) =>
    readIdentifier(encodeDataSet(elements, { explicitVr: false, text: 'gb18030' }), implicit, root, 'gb18030')
  const text = (tag: number, value: string) => ({ tag, vr: 'LO', value })
  const level = (value: string) => text(0x00080052, value)

  test('needs one value of each unique key above its level', () => {
    expect(read('patient-root', level('STUDY'), text(0x0020000d, '')).kind).toBe('not-fitting')
    expect(read('patient-root', level('STUDY'), text(0x00100020, 'P*')).kind).toBe('not-fitting')
    expect(read('patient-root', level('STUDY'), text(0x00100020, 'P1')).kind).toBe('identifier')
    expect(read('study-root', level('STUDY')).kind).toBe('identifier')
    expect(read('study-root', level('PATIENT')).kind).toBe('not-fitting')
    expect(read('study-root', level('SERIES'), text(0x0020000d, '1.2\\1.3')).kind).toBe('not-fitting')
    expect(readIdentifier(Buffer.from('noise of no kind'), implicit, 'study-root', 'gb18030').kind).toBe('unreadable')
  })
  test('of a device that declares another set than it writes is read as staff decided', () => {
    for (const declared of ['', 'ISO_IR 100', 'ISO_IR 192']) {
      const elements = [
        { tag: 0x00080005, vr: 'CS', value: declared },
        level('STUDY'),
        { tag: 0x00100010, vr: 'PN', value: '张^三' },
      ]
      const bytes = encodeDataSet(elements, { explicitVr: false, text: 'gb18030' })
      const found = readIdentifier(bytes, implicit, 'study-root', 'utf-8', 'gb18030')
      expect(found.kind === 'identifier' && found.identifier.keys.get(0x00100010)).toBe('张^三')
    }
  })
  test('of a retrieve names its objects by unique keys alone', () => {
    const keys = (...elements: readonly ElementToWrite[]) => {
      const found = read('study-root', ...elements)
      return found.kind === 'identifier' ? keysOfRetrieve('study-root', found.identifier) : found.kind
    }
    expect(keys(level('STUDY'), text(0x0020000d, '1.2\\1.3'), text(0x00100010, 'X'))).toEqual(
      new Map([[0x0020000d, '1.2\\1.3']]),
    )
    expect(keys(level('STUDY'), text(0x0020000d, ''))).toBeUndefined()
    expect(keys(level('STUDY'), text(0x0020000d, '*'))).toBeUndefined()
  })
})

describe('messages in bytes', () => {
  test('a response repeats what its request was about', () => {
    const request = readCommandSet(encodeStoreRq(9, ct, '1.2.3', { aeTitle: 'WS1', messageId: 4 }))
    const response = readCommandSet(encodeResponse(request, { status: 0xa700, comment: 'no room' }))
    expect(response).toMatchObject({
      field: 0x8001,
      messageId: 9,
      affectedSopClassUid: ct,
      affectedSopInstanceUid: '1.2.3',
      status: 0xa700,
      errorComment: 'no room',
      hasDataSet: false,
    })
  })
  test('fragments are even, fit the peer, and hold every byte', async () => {
    const pieces = [3, 0, 500, 1, 1, 1000, 7].map((length, at) => Buffer.alloc(length, at + 1))
    const found: { readonly bytes: Buffer; readonly isLast: boolean }[] = []
    for await (const one of fragmentsOf(pieces, largestFragment(128))) found.push(one)
    expect(Buffer.concat(found.map(({ bytes }) => bytes)).equals(Buffer.concat(pieces))).toBe(true)
    expect(found.every(({ bytes, isLast }) => bytes.length <= 122 && (isLast || bytes.length % 2 === 0))).toBe(true)
    expect(found.map(({ isLast }) => isLast).lastIndexOf(false)).toBe(found.length - 2)
  })
})

describe('a handler that fails', () => {
  const command = { field: commandField.cFindRq, messageId: 5, affectedSopClassUid: '1.2' } as CommandSet
  const context = { id: 1, result: 0, service: 'worklist', abstractSyntax: '1.2', transferSyntax: implicit } as const
  const call = { command, dataSet: undefined, context, callingAeTitle: 'WS1', contexts: [] }

  test.each([
    ['throws', () => Promise.reject(new Error('a surprise')), 1],
    ['says nothing', () => Promise.resolve(), 0],
  ] as const)('because it %s is answered for with 0x0110', async (_, handler, errors) => {
    const answers: CommandSet[] = []
    const writer: MessageWriter = {
      setPeerLimit() {},
      async send(_id, bytes) {
        answers.push(readCommandSet(bytes))
        return true
      },
    }
    const failures: unknown[] = []
    const conversation = createConversation(writer, 1000, { failed: (error) => failures.push(error), lose() {} })
    conversation.serve(handler, call)
    await conversation.settled()
    expect(answers.map(({ status, messageId }) => [status, messageId])).toEqual([[dicomStatus.processingFailure, 5]])
    expect(failures).toHaveLength(errors)
    expect(conversation.isServing()).toBe(false)
  })
})
