import { expect, test } from 'vitest'
import { createBoardDays } from '../../electron/station/exams/board-days.ts'
import { createExamStatistics } from '../../electron/station/exams/statistics.ts'
import { daysBetween } from '../../electron/station/exams/tally-exams.ts'
import { reportDraftSchema } from '../../shared/models/report.ts'
import { account, aimis, expectOk, openRooms, pacs, type Rooms, studyHeader } from '../db/rooms-for-tests.ts'

const today = '2026-11-21'
const doctor = account('wang', 'doctor')

async function withRooms(work: (rooms: Rooms) => Promise<void>): Promise<void> {
  const rooms = await openRooms()
  try {
    await work(rooms)
  } finally {
    rooms.close()
  }
}

async function dayOf(rooms: Rooms, day = today) {
  await rooms.boardFacts.upToDate()
  const days = createBoardDays({
    db: rooms.db,
    destinations: rooms.destinations.all,
    studyHeader: (uid) => studyHeader({ studyInstanceUid: uid, patientName: 'ZHANG^SAN=张^三', modality: 'CT' }),
  })
  return days.of(day)
}
const why = (list: { rows: { examId: string; why: string }[] }) => list.rows.map((row) => [row.examId, row.why])

test('each exam of the day stands in the list of what it lacks, with why', () =>
  withRooms(async (rooms) => {
    const registered = expectOk(rooms.register())
    const cancelled = expectOk(rooms.register())
    expectOk(rooms.exams.cancel(cancelled.id, '未到', 'li'))
    const imaged = rooms.imaged()
    const draft = rooms.imaged()
    const submitted = rooms.imaged()
    for (const exam of [draft, submitted])
      expectOk(rooms.reports.save(exam, reportDraftSchema.parse({ findings: 'x' }), doctor))
    expectOk(rooms.reports.take('submit', submitted, 1, doctor))
    rooms.release(rooms.imaged())
    rooms.receive({ studyInstanceUid: '2.25.99' })
    const day = await dayOf(rooms)
    expect(day.counts).toEqual({ registered: 5, imaged: 4, written: 3, released: 1, delivered: 0, cancelled: 1 })
    expect(why(day.unexamined)).toEqual([[registered.id, '登记后还没有影像']])
    expect(day.unexamined.rows[0]?.whyInEnglish).toBe('Registered, no images yet')
    expect(why(day.unwritten)).toEqual([
      [imaged.id, '有影像，还没有写报告'],
      [draft.id, '写好还没提交'],
    ])
    expect(why(day.unaudited)).toEqual([[submitted.id, '已提交，等待审核']])
    expect(day.unmatched).toMatchObject({
      total: 1,
      rows: [{ studyInstanceUid: '2.25.99', patientName: '张三', modality: 'CT', imageCount: 1 }],
    })
    expect(day.undelivered.total + day.unreconciled.total).toBe(0)
    expect((await dayOf(rooms, '2026-11-20')).counts.registered).toBe(0)
  }))

test('what a destination was not told is said with its name and its reason; what only waits to be compared stands by itself', () =>
  withRooms(async (rooms) => {
    rooms.addDestination(aimis())
    rooms.addDestination(pacs())
    const exam = rooms.imaged()
    const finish = (step: string, outcome: Parameters<typeof rooms.outbox.finish>[1]) => {
      for (const task of rooms.outbox.ofExam(exam.id).filter((one) => one.step === step && one.state === 'waiting')) {
        rooms.outbox.begin([task.id])
        rooms.outbox.finish(task.id, outcome)
      }
    }
    finish('study', {
      kind: 'fix-exam',
      reason: {
        code: 'X',
        message: '缺手机号',
        action: '补上',
        english: 'It did not work',
        englishAction: 'Try again',
      },
    })
    expect(why((await dayOf(rooms)).undelivered)).toEqual([[exam.id, expect.stringMatching(/腾讯觅影：缺手机号/)]])
    expect(why((await dayOf(rooms)).undelivered)[0]?.[1]).toContain('区域PACS：等待上传')
    expect((await dayOf(rooms)).undelivered.rows[0]?.whyInEnglish).toContain('区域PACS: waits to be sent')
    const blocked = rooms.outbox.ofExam(exam.id).find((task) => task.state === 'blocked')!
    expectOk(rooms.outbox.retry(blocked.id, 'li'))
    for (const step of ['study-qr', 'study', 'image']) finish(step, { kind: 'done', value: {} })
    const compared = await dayOf(rooms)
    expect(compared.undelivered.total).toBe(0)
    expect(why(compared.unreconciled)).toEqual([[exam.id, '腾讯觅影：已送达，数量还没有核对']])
    finish('reconcile', { kind: 'done', value: {} })
    expect((await dayOf(rooms)).counts.delivered).toBe(1)
    expect((await dayOf(rooms)).unreconciled.total).toBe(0)
  }))

test('statistics count by day, doctor, item and device type, with the share of positive reports; cancelled exams are left out', () =>
  withRooms(async (rooms) => {
    const write = (findings: string, positive: 'positive' | 'negative', critical = false) => {
      const exam = rooms.imaged(2)
      expectOk(rooms.reports.save(exam, reportDraftSchema.parse({ findings, positive, critical }), doctor))
      return exam
    }
    const first = write('a', 'positive', true)
    write('b', 'negative')
    expectOk(rooms.reports.take('submit', first, 2, doctor))
    expectOk(rooms.reports.take('approve', first, 2, account('li', 'auditor')))
    rooms.advance(30 * 60_000)
    expectOk(rooms.reports.take('release', first, 2, account('li', 'auditor')))
    expectOk(rooms.exams.cancel(expectOk(rooms.register()).id, '未到', 'li'))
    rooms.advance(24 * 3600_000)
    expectOk(rooms.register({}, { modality: 'CT', itemCode: 'CT001', itemName: '胸部平扫' }))
    await rooms.boardFacts.upToDate()
    const statistics = await createExamStatistics(rooms.db, rooms.clock).of('2026-11-20', '2026-11-22')
    expect(statistics.total).toMatchObject({ exams: 3, images: 4, released: 1, positive: 1, negative: 1, critical: 1 })
    expect(statistics.byDay.map((one) => [one.key, one.exams])).toEqual([
      ['2026-11-20', 0],
      ['2026-11-21', 2],
      ['2026-11-22', 1],
    ])
    expect(statistics.byDoctor.map((one) => [one.name, one.exams, one.positive])).toEqual(
      [
        ['wang', 1, 1],
        ['（未署名）', 1, 0],
      ].sort((a, b) => String(a[0]).localeCompare(String(b[0]), 'zh-CN')),
    )
    expect(statistics.byAuditor.map((one) => [one.name, one.exams])).toEqual([['li', 1]])
    expect(statistics.byItem.map((one) => [one.name, one.exams])).toEqual([
      ['胸部正位', 2],
      ['胸部平扫', 1],
    ])
    expect(statistics.byModality.map((one) => one.name)).toEqual(['DR', 'CT'])
    expect(statistics.minutesToRelease).toEqual({ median: 32, p90: 32 })
    expect(statistics.late).toBe(0)
  }))

test('days are counted from the first to the last, over the end of a month', () => {
  expect(daysBetween('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01'])
  expect(daysBetween('2026-03-01', '2026-02-27')).toEqual([])
})
