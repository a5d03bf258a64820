import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Exam } from '../../shared/models/exam.ts'
import { examStateOf } from '../../shared/models/exam-state.ts'
import { reportDraftSchema } from '../../shared/models/report.ts'
import { account, aimis, codeOf, expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

const wang = account('wang', 'doctor')
const li = account('li', 'auditor')
const text = (findings: string, more: object = {}) => reportDraftSchema.parse({ findings, ...more })

let rooms: Rooms
let exam: Exam
beforeEach(async () => {
  rooms = await openRooms()
  exam = rooms.imaged()
})
afterEach(() => rooms.close())

describe('a report', () => {
  test('goes from draft to release, each step with its person, its time and an audit row', () => {
    expectOk(rooms.reports.save(exam, text('初稿'), wang))
    rooms.advance(1000)
    expectOk(rooms.reports.save(exam, text('双肺纹理清晰。'), wang))
    expectOk(rooms.reports.take('submit', exam, 1, wang))
    expectOk(rooms.reports.take('approve', exam, 1, li))
    rooms.advance(1000)
    const released = expectOk(rooms.reports.take('release', exam, 1, li))
    expect(released).toMatchObject({
      version: 1,
      state: 'released',
      findings: '双肺纹理清晰。',
      writtenBy: 'wang',
      releasedBy: 'li',
      releasedAt: rooms.clock(),
    })
    expect(rooms.reports.versions(exam.id)).toHaveLength(1)
    const rows = rooms.audit.about('exam', exam.id).filter((row) => row.action.endsWith('-report'))
    expect(rows.map((row) => `${row.actor} ${row.action}`)).toEqual([
      'li release-report',
      'li approve-report',
      'wang submit-report',
      'wang save-report',
      'wang save-report',
    ])
    expect(rooms.told.filter((event) => event.topic === 'reports' && event.id === exam.id)).toHaveLength(5)
  })

  test('that was released is never changed: not by saving, not by an amendment', () => {
    rooms.release(exam, '第一版')
    const before = rooms.reports.newestReleased(exam.id)
    expect(codeOf(rooms.reports.save(exam, text('悄悄改'), wang))).toBe('REPORT-STEP')
    expectOk(rooms.reports.take('amend', exam, 1, wang, '漏写'))
    expectOk(rooms.reports.save(exam, text('第二版'), wang))
    expect(rooms.reports.newestReleased(exam.id)).toEqual(before)
    expect(rooms.reports.newest(exam.id)).toMatchObject({ version: 2, findings: '第二版', amendReason: '漏写' })
  })

  test('keeps every version through many amendments', () => {
    for (const findings of ['一', '二', '三', '四']) rooms.release(exam, findings)
    expect(rooms.reports.versions(exam.id).map((one) => [one.version, one.findings, one.state])).toEqual([
      [4, '四', 'released'],
      [3, '三', 'released'],
      [2, '二', 'released'],
      [1, '一', 'released'],
    ])
  })

  test('that was returned is written again and says why it came back', () => {
    expectOk(rooms.reports.save(exam, text('初稿'), wang))
    expectOk(rooms.reports.take('submit', exam, 1, wang))
    expectOk(rooms.reports.take('return', exam, 1, li, '请补充肋骨描述'))
    expect(rooms.reports.newest(exam.id)).toMatchObject({ state: 'returned', returnReason: '请补充肋骨描述' })
    expectOk(rooms.reports.save(exam, text('补充后'), wang))
    expect(rooms.reports.newest(exam.id)).toMatchObject({ state: 'returned', version: 1 })
    expectOk(rooms.reports.take('submit', exam, 1, wang))
  })

  test('is what was last saved: what is left out of it is gone', () => {
    expectOk(rooms.reports.save(exam, text('一', { advice: '三个月后复查', auditDoctor: { name: '李' } }), wang))
    expectOk(rooms.reports.save(exam, text('二'), wang))
    const report = rooms.reports.newest(exam.id)
    expect(report?.findings).toBe('二')
    expect(report?.advice).toBeUndefined()
    expect(report?.auditDoctor).toBeUndefined()
  })

  test('may have nothing in findings and impression', () => {
    expectOk(rooms.reports.save(exam, text(''), wang))
    expectOk(rooms.reports.take('submit', exam, 1, wang))
    expect(rooms.reports.newest(exam.id)).toMatchObject({ findings: '', impression: '' })
  })

  test('of a cancelled exam takes no step', () => {
    expectOk(rooms.exams.cancel(exam.id, '未到', 'li'))
    const cancelled = rooms.exams.read(exam.id)!.exam
    expect(codeOf(rooms.reports.save(cancelled, text('x'), wang))).toBe('EXAM-CANCELLED')
    expect(codeOf(rooms.reports.take('submit', cancelled, 1, wang))).toBe('EXAM-CANCELLED')
    expect(rooms.reports.versions(exam.id)).toEqual([])
  })

  test('may be approved by its writer only when the station is set to one doctor', () => {
    expectOk(rooms.reports.save(exam, text('x'), wang))
    expectOk(rooms.reports.take('submit', exam, 1, wang))
    expect(codeOf(rooms.reports.take('approve', exam, 1, wang))).toBe('REPORT-OWN-AUDIT')
    expectOk(rooms.settings.change({ reporting: { singleDoctor: true } }, 'admin'))
    expectOk(rooms.reports.take('approve', exam, 1, wang))
  })
})

describe('a release', () => {
  test('is written together with the deliveries that follow from it, or not at all', () => {
    rooms.addDestination(aimis())
    expectOk(rooms.reports.save(exam, text('x'), wang))
    expectOk(rooms.reports.take('submit', exam, 1, wang))
    expectOk(rooms.reports.take('approve', exam, 1, li))
    const before = [rooms.count('audit'), rooms.count('outbox_task')]
    rooms.breakFollowUp(new Error('power cut'))
    expect(() => rooms.reports.take('release', exam, 1, li)).toThrow('power cut')
    expect(rooms.reports.newest(exam.id)?.state).toBe('approved')
    expect([rooms.count('audit'), rooms.count('outbox_task')]).toEqual(before)
    rooms.breakFollowUp(undefined)
    expectOk(rooms.reports.take('release', exam, 1, li))
    expect(rooms.outbox.ofExam(exam.id).map((task) => task.step)).toContain('report')
  })

  test('is what documents and clouds get, while an amendment is being written', () => {
    rooms.release(exam, '第一版')
    expectOk(rooms.reports.take('amend', exam, 1, wang, '漏写'))
    expectOk(rooms.reports.save(exam, text('第二版'), wang))
    expect(rooms.readDossier(exam.id)?.report).toMatchObject({ version: 1, findings: '第一版' })
  })
})

describe('the state that staff see', () => {
  const of = (facts: Partial<Parameters<typeof examStateOf>[0]>) =>
    examStateOf({ cancelled: false, imageCount: 0, isPerformed: false, report: undefined, amending: false, ...facts })
  test('follows from images and report', () => {
    expect(of({})).toBe('registered')
    expect(of({ isPerformed: true })).toBe('in-progress')
    expect(of({ imageCount: 1, isPerformed: true })).toBe('imaged')
    expect(of({ imageCount: 1 })).toBe('imaged')
    expect(of({ imageCount: 1, report: 'draft' })).toBe('written')
    expect(of({ imageCount: 1, report: 'draft', amending: true })).toBe('amending')
    for (const report of ['awaiting-audit', 'returned', 'approved', 'released'] as const)
      expect(of({ imageCount: 1, report })).toBe(report)
    expect(of({ cancelled: true, imageCount: 3, report: 'released' })).toBe('cancelled')
  })
})
