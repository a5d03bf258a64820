import { afterEach, expect, test } from 'vitest'
import { commandField } from '../../shared/dicom/command-set.ts'
import type { ElementToWrite } from '../../shared/dicom/data-set-writer.ts'
import { dicomStatus } from '../../shared/dicom/dicom-status.ts'
import { explicitLittle } from '../archive/archive-for-tests.ts'
import { identifierOf, openPeer } from './query-retrieve-peer.ts'
import { openReceiver, type TestReceiver, worklistItem } from './receiver-for-tests.ts'

const worklistFind = '1.2.840.10008.5.1.4.31'
const items = ['DR1', 'DR2', 'DR3'].map((accessionNumber) => worklistItem({}, { id: accessionNumber, accessionNumber }))

let station: TestReceiver
afterEach(() => station.close())

/** The statuses of all responses, and the comment of the last. */
async function asked(most: number, ...keys: readonly ElementToWrite[]) {
  station = await openReceiver({ items, limits: { worklistAnswers: most } })
  const contexts = [{ id: 1, abstractSyntax: worklistFind, transferSyntaxes: [explicitLittle] }]
  const peer = await openPeer(station, { aeTitle: 'CT1', contexts })
  peer.ask(1, commandField.cFindRq, worklistFind, identifierOf({ tag: 0x00100020, vr: 'LO', value: '' }, ...keys))
  const statuses: (number | undefined)[] = []
  for (;;) {
    const { command } = await peer.message()
    statuses.push(command.status)
    if (command.status === dicomStatus.pending || command.status === dicomStatus.pendingWithoutSomeKeys) continue
    expect(await peer.release()).toBe(6)
    return { statuses, comment: command.errorComment }
  }
}

test('more exams than one question may be answered with end with 0xA700, in words', async () => {
  expect(await asked(2)).toEqual({
    statuses: [0xff00, 0xff00, 0xa700],
    comment: 'more than 2 matches, ask for less',
  })
})

test('as many as may be are all there are', async () => {
  expect((await asked(3)).statuses).toEqual([0xff00, 0xff00, 0xff00, 0])
})

test('an optional key by which nothing is matched here is told with 0xFF01; one that only comes back empty is not', async () => {
  expect((await asked(9, { tag: 0x00101060, vr: 'PN', value: 'X' })).statuses).toEqual([0xff01, 0xff01, 0xff01, 0])
  await station.close()
  expect((await asked(9, { tag: 0x00101060, vr: 'PN', value: '' })).statuses).toEqual([0xff00, 0xff00, 0xff00, 0])
})
