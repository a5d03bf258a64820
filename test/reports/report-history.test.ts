import { afterEach, beforeEach, expect, test } from 'vitest'
import { reportHistory } from '../../electron/station/reports/report-history.ts'
import { reportDraftSchema } from '../../shared/models/report.ts'
import { account, expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

const wang = account('wang', 'doctor')
const li = account('li', 'auditor')

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

test('the history of a report has each step once, and what was submitted each time, even within one moment', () => {
  const exam = rooms.imaged()
  const save = (impression: string, positive?: 'positive') =>
    expectOk(rooms.reports.save(exam, reportDraftSchema.parse({ findings: '如诊断', impression, positive }), wang))
  save('左')
  save('左侧')
  expectOk(rooms.reports.take('submit', exam, 1, wang))
  expectOk(rooms.reports.take('return', exam, 1, li, '左右请核对'))
  save('右侧', 'positive')
  expectOk(rooms.reports.take('submit', exam, 1, wang))
  const history = reportHistory(
    rooms.audit.about('exam', exam.id),
    rooms.reports.submittedTexts(exam.id),
    (username) => `医生 ${username}`,
  )
  expect(history.map(({ step, byName, reason, text }) => [step, byName, reason, text?.impression])).toEqual([
    ['submit', '医生 wang', undefined, '右侧'],
    ['save', '医生 wang', undefined, undefined],
    ['return', '医生 li', '左右请核对', undefined],
    ['submit', '医生 wang', undefined, '左侧'],
    ['save', '医生 wang', undefined, undefined],
  ])
  const marks = history.flatMap(({ text }) => (text ? [text.positive] : []))
  expect(marks).toEqual(['positive', 'undetermined'])
})
