import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk, openRooms, type Rooms, studyHeader } from '../db/rooms-for-tests.ts'

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

const day = 24 * 3600_000
const found = (header: Parameters<typeof studyHeader>[0]) =>
  rooms.exams.plausibleFor(studyHeader(header)).map(({ exam }) => exam.id)

test('an exam is found by its identifiers and its patient at any time, and by its days around the study’s own', () => {
  const { id, accessionNumber, studyInstanceUid, patientId } = expectOk(rooms.register())
  rooms.advance(400 * day)
  const now = { studyInstanceUid: '1.2.3', studyDateTime: '2027-12-26 09:00:00' }
  expect(found(now)).toEqual([])
  expect(found({ ...now, studyInstanceUid })).toEqual([id])
  expect(found({ ...now, accessionNumber })).toEqual([id])
  expect(found({ ...now, requestedProcedureId: accessionNumber })).toEqual([id])
  expect(found({ ...now, scheduledProcedureStepId: accessionNumber })).toEqual([id])
  expect(found({ ...now, patientId })).toEqual([id])
  expect(found({ ...now, studyDateTime: '2026-11-21 10:00:00' })).toEqual([id])
  expectOk(rooms.exams.cancel(id, '未到', 'li'))
  expect(found({ ...now, studyInstanceUid })).toEqual([])
})

test('looking for them reads no table from end to end', () => {
  const sql = rooms.db
    .prepare<[], string>("select sql from sqlite_master where type = 'index' and name in ('exam_scheduled')")
    .pluck()
    .all()
  expect(sql).toHaveLength(1)
  for (const [where, index] of [
    ['scheduled_at between 1 and 2 order by scheduled_at desc limit 3000', 'exam_scheduled'],
    ["study_instance_uid = '1'", 'sqlite_autoindex_exam'],
    ["accession_number = '1'", 'sqlite_autoindex_exam'],
    ["patient_row_id = '1'", 'exam_patient'],
  ]) {
    const plan = rooms.db.prepare<[], { detail: string }>(`explain query plan select id from exam where ${where}`).all()
    expect(plan.map((step) => step.detail).join()).toContain(index)
  }
})

test('fifty thousand exams registered: a study is compared with those of its days alone, within their order', () => {
  const exam = expectOk(rooms.register())
  const row = rooms.db.prepare('select * from exam where id = ?').get(exam.id) as Record<string, unknown>
  const insert = rooms.db.prepare(
    `insert into exam (id, accession_number, study_instance_uid, patient_row_id, institution_id, registered_at, scheduled_at, value)
     values (@id, @accession_number, @study_instance_uid, @patient_row_id, @institution_id, @registered_at, @scheduled_at, @value)`,
  )
  rooms.db.transaction(() => {
    for (let n = 0; n < 50_000; n++)
      insert.run({
        ...row,
        id: `x${n}`,
        accession_number: `X${n}`,
        study_instance_uid: `1.9.${n}`,
        scheduled_at: Number(row.scheduled_at) - 5 * day - n * 60_000,
      })
  })()
  expect(found({ studyInstanceUid: '9.9' })).toEqual([exam.id])
  expect(found({ studyInstanceUid: '1.9.49999' }).sort()).toEqual([exam.id, 'x49999'].sort())
})
