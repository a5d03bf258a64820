import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { openDatabase } from '../../electron/station/db/open-database.ts'
import { searchText } from '../../electron/station/exams/exam-sql.ts'
import { chinaCompactDay, startOfChinaDay } from '../../shared/text/china-time.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { pinyinOf } from '../../shared/text/person-name.ts'

const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红玲建国志鹏宇欣怡梓涵晨曦浩然']
const items = [
  ['DR', 'DR001', '胸部正位'],
  ['DR', 'DR002', '胸部正侧位'],
  ['DR', 'DR010', '腰椎正侧位'],
  ['DR', 'DR021', '左膝关节正侧位'],
  ['CT', 'CT001', '胸部平扫'],
  ['CT', 'CT002', '头颅平扫'],
  ['US', 'US001', '腹部彩超'],
  ['US', 'US002', '甲状腺彩超'],
] as const
const writers = ['王建国', '李秀英', '张志强', '刘洋']
const auditors = ['陈主任', '赵主任']
const day = 24 * 3600_000

export type Places = { readonly aimis: string; readonly jilin: string; readonly pacs: string }

/** The same numbers in every run. */
function dice(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/**
 * A clinic's exams of a year, today's last, written straight into the database of a station that is not running: people of whom two thirds
 * come back, one or two images each (a CT six), reports and outbox tasks in all their states.
 */
export async function writeManyExams(
  dataFolder: string,
  count: number,
  places: Places,
  now = Date.now(),
): Promise<void> {
  const db = await openDatabase(join(dataFolder, 'station.db'))
  // Nothing here is worth keeping through a power cut.
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -400000')
  const roll = dice(count)
  const names = Array.from({ length: 3000 }, () => {
    const name =
      surnames[roll(surnames.length)]! + given[roll(given.length)]! + (roll(3) > 0 ? given[roll(given.length)]! : '')
    return { name, namePinyin: pinyinOf(name) }
  })
  const institution = db.prepare<[], string>('select id from institution limit 1').pluck().get()!
  const add = {
    patient: db.prepare(
      `insert into patient (id, patient_id, name, birth_date, sex, search, value, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    exam: db.prepare(
      `insert into exam (id, accession_number, study_instance_uid, patient_row_id, institution_id, registered_at, scheduled_at, value, cancelled)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    study: db.prepare('insert into study values (?, ?, ?, ?)'),
    instance: db.prepare('insert into instance values (?, ?, ?, ?, ?, ?, ?)'),
    claim: db.prepare(
      `insert into study_claim (study_instance_uid, exam_id, attached_by, reason, received_at, last_instance_at, settled_at)
       values (?, ?, 'station', '', ?, ?, ?)`,
    ),
    report: db.prepare('insert into report (exam_id, version, state, value) values (?, ?, ?, ?)'),
    task: db.prepare(
      `insert into outbox_task (id, seq, exam_id, destination_id, step, subject, version, scope, after, priority, state, next_attempt_at,
         deadline_at, blocked_by, reason_code, reason, action, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, 'v', ?, '[]', 50, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  }
  const people: { id: string }[] = []
  let seq = 0

  function person(): string {
    if (people.length > 0 && roll(3) > 0) return people[roll(people.length)]!.id
    const id = randomUUID()
    const { name, namePinyin } = names[roll(names.length)]!
    const phone = `1${3 + roll(7)}${String(roll(1_000_000_000)).padStart(9, '0')}`
    const sex = roll(2) === 0 ? 'M' : 'F'
    const birthDate = `${1940 + roll(80)}-0${1 + roll(9)}-1${roll(10)}`
    const value = JSON.stringify({ name, namePinyin, sex, birthDate, phone })
    const patientId = `P26${String(people.length).padStart(6, '0')}`
    add.patient.run(id, patientId, name, birthDate, sex, searchText({ name, namePinyin, phone }), value, now)
    people.push({ id })
    return id
  }

  function tasks(examId: string, at: number, images: readonly string[], isReleased: boolean, isToday: boolean): void {
    const fate = roll(isToday ? 10 : 400)
    const write = (place: string, step: string, subject: string, deadlineAt: number | null, isLast: boolean) => {
      const state = isLast && fate === 0 ? 'blocked' : isLast && fate === 1 ? 'waiting' : 'delivered'
      const why = state === 'blocked' ? ['exam', 'MISSING-FIELD', '缺手机号', '请补上手机号'] : [null, null, null, null]
      add.task.run(
        randomUUID(),
        ++seq,
        examId,
        place,
        step,
        subject,
        examId,
        state,
        at,
        deadlineAt,
        ...why,
        at,
        at + roll(3600_000),
      )
    }
    write(places.aimis, 'study-qr', '', null, false)
    if (images.length === 0) return
    write(places.aimis, 'study', '', null, false)
    for (const id of images) for (const place of [places.aimis, places.pacs]) write(place, 'image', id, null, false)
    if (!isReleased) return
    write(places.aimis, 'report', '', null, false)
    write(places.aimis, 'reconcile', '', null, true)
    write(places.jilin, 'index', '', at + 3600_000, true)
  }

  function exam(index: number): void {
    const isToday = index >= count - 150
    const at = isToday
      ? startOfChinaDay(now) + Math.floor(((now - startOfChinaDay(now)) * (index - count + 150)) / 150)
      : startOfChinaDay(now) - 365 * day + Math.floor((index * 365 * day) / count)
    const id = randomUUID()
    const uid = newUid()
    const [modality, itemCode, itemName] = items[roll(items.length)]!
    const fate = roll(isToday ? 10 : 200)
    const isCancelled = fate === 0
    const value = {
      modality,
      bodyPart: '胸部',
      itemCode,
      itemName,
      category: roll(20) === 0 ? 'emergency' : 'outpatient',
      ...(roll(100) === 0 && { infectious: true }),
      registeredBy: 'admin',
      clinicalDiagnosis: '咳嗽三天',
      applyDoctor: { code: 'D1', name: '门诊医生' },
    }
    const accession = `${modality}${chinaCompactDay(at).slice(2)}${String(index).padStart(6, '0')}`
    const cancelled = isCancelled ? JSON.stringify({ at, by: 'admin', reason: '未到' }) : null
    add.exam.run(id, accession, uid, person(), institution, at, at, JSON.stringify(value), cancelled)
    if (isCancelled || fate === 1) {
      tasks(id, at, [], false, isToday)
      return
    }
    add.study.run(uid, JSON.stringify({ studyInstanceUid: uid, patientName: '', modality }), at, at)
    add.claim.run(uid, id, at + 600_000, at + 600_000, at + 700_000)
    const images = Array.from({ length: modality === 'CT' ? 6 : 1 + roll(2) }, () => randomUUID())
    for (const [number, image] of images.entries()) add.instance.run(image, newUid(), uid, `${uid}.1`, 1, number, image)
    if (fate === 2) {
      tasks(id, at, images, false, isToday)
      return
    }
    const state = (['draft', 'returned', 'awaiting-audit', 'approved'] as const)[fate - 3] ?? 'released'
    const report = {
      examId: id,
      version: 1,
      state,
      findings: '双肺纹理清晰，未见明显实质性病变。心影大小形态如常。'.repeat(4),
      impression: '心肺膈未见明显异常。',
      positive: (['negative', 'positive', 'undetermined'] as const)[roll(3)],
      critical: roll(300) === 0,
      infectious: false,
      writtenAt: at + 900_000,
      writtenBy: 'admin',
      ...(state !== 'draft' && { reportDoctor: { code: '', name: writers[roll(writers.length)] } }),
      ...(state === 'released' && {
        auditDoctor: { code: '', name: auditors[roll(auditors.length)] },
        releasedAt: at + 1_200_000 + roll(3_600_000),
      }),
    }
    add.report.run(id, 1, state, JSON.stringify(report))
    tasks(id, at, modality === 'CT' ? images.slice(0, 5) : images, state === 'released', isToday)
  }

  for (let index = 0; index < count; ) {
    const end = Math.min(index + 5000, count)
    db.transaction(() => {
      for (; index < end; index++) exam(index)
    })()
  }
  db.close()
}
