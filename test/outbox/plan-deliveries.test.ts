import { describe, expect, test } from 'vitest'
import { planDeliveries, type WantedTask } from '../../electron/station/outbox/plan-deliveries.ts'
import type { Destination, DestinationInput } from '../../shared/models/destination.ts'
import { type Exam, examSchema } from '../../shared/models/exam.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import { patientSchema } from '../../shared/models/patient.ts'
import { reportVersionSchema } from '../../shared/models/report.ts'
import { aimis, instanceFacts, jilin, morning, pacs } from '../db/rooms-for-tests.ts'

const minute = 60_000
const to = (input: DestinationInput): Destination => ({ ...input, id: 'd', paused: undefined })
const instances = [1, 2].map((n) => instanceFacts({ id: `instance-${n}`, versionId: `version-${n}` }))

const examWith = (changes: Partial<Exam> = {}): Exam =>
  examSchema.parse({
    id: 'exam',
    institutionId: 'i',
    patientRowId: 'p',
    accessionNumber: 'DR2611210001',
    studyInstanceUid: '2.25.1',
    registeredAt: morning,
    registeredBy: 'registrar',
    scheduledAt: morning,
    modality: 'DR',
    itemCode: 'DR001',
    itemName: '胸部正位',
    ...changes,
  })
const patient = patientSchema.parse({
  id: 'p',
  patientId: 'P26000001',
  name: '张伟',
  namePinyin: 'ZHANG WEI',
  sex: 'M',
  birthDate: '1988-03-05',
})

function dossier(changes: Partial<ExamDossier> = {}): ExamDossier {
  return {
    institution: { id: 'i', name: '晨光门诊部', hospitalCode: '220100001', hospitalId: 'H1', unionId: 'U1', phone: '' },
    patient,
    exam: examWith(),
    report: undefined,
    instances: [],
    settledAt: undefined,
    studyDateTime: '',
    delivered: [],
    ...changes,
  }
}
const report = reportVersionSchema.parse({
  examId: 'exam',
  version: 1,
  state: 'released',
  findings: '双肺纹理清晰。',
  writtenAt: morning,
  writtenBy: 'wang',
  releasedAt: morning + 10 * minute,
})
const imaged = { instances, settledAt: morning + 2 * minute, studyDateTime: '2026-11-21 09:31:00' }
const registered = dossier()
const complete = dossier({ ...imaged, report })

const plan = (what: ExamDossier, where: DestinationInput, now = morning + 20 * minute) =>
  planDeliveries(what, to(where), now)
const steps = (tasks: readonly WantedTask[]) => tasks.map((task) => `${task.step} ${task.subject}`.trim())
const find = (tasks: readonly WantedTask[], step: string) => tasks.find((task) => task.step === step)!
const waitsFor = (task: WantedTask) => task.after.map((one) => `${one.step} ${one.subject}`.trim())
const versions = (tasks: readonly WantedTask[]) => tasks.map((task) => `${task.step} ${task.subject} ${task.version}`)

describe('to AIMIS', () => {
  test('a registered exam asks for its QR and nothing else', () => {
    expect(steps(plan(registered, aimis()))).toEqual(['study-qr'])
  })

  test('images that still come are not told yet', () => {
    expect(steps(plan(dossier({ ...imaged, settledAt: undefined }), aimis()))).toEqual(['study-qr'])
  })

  test('a settled study is told, then its images go, then the counts are compared', () => {
    const tasks = plan(dossier(imaged), aimis())
    expect(steps(tasks)).toEqual(['study-qr', 'study', 'image instance-1', 'image instance-2', 'reconcile'])
    expect(waitsFor(find(tasks, 'image'))).toEqual(['study'])
    expect(waitsFor(find(tasks, 'reconcile'))).toEqual(['study', 'image *'])
    expect(waitsFor(find(tasks, 'study'))).toEqual([])
  })

  test('a released report goes after its study, and the counts are compared after it', () => {
    const tasks = plan(complete, aimis())
    expect(steps(tasks)).toContain('report')
    expect(waitsFor(find(tasks, 'report'))).toEqual(['study'])
    expect(waitsFor(find(tasks, 'reconcile'))).toEqual(['study', 'image *', 'report'])
  })

  test('the study is told again when its counts change: an image more, a report released', () => {
    const studyVersion = (what: ExamDossier) => find(plan(what, aimis()), 'study').version
    const one = studyVersion(dossier({ ...imaged, instances: instances.slice(0, 1) }))
    const two = studyVersion(dossier(imaged))
    expect(new Set([one, two, studyVersion(complete)]).size).toBe(3)
    expect(studyVersion(dossier(imaged))).toBe(two)
  })

  test('whether the PDF counts is part of what the study and the report tell', () => {
    const off = plan(complete, aimis({ pdfAsDicom: false }))
    const on = plan(complete, aimis({ pdfAsDicom: true }))
    expect(find(on, 'study').version).not.toBe(find(off, 'study').version)
  })
})

describe('to the provincial cloud', () => {
  test('nothing is told before the report is released', () => {
    expect(plan(dossier(imaged), jilin())).toEqual([])
    const draft = { ...report, releasedAt: undefined }
    expect(plan(dossier({ ...imaged, report: draft }), jilin())).toEqual([])
  })

  test('a released report: item, index, film address, PDF with it, images any time after the index', () => {
    const tasks = plan(complete, jilin())
    expect(steps(tasks)).toEqual([
      'project DR001',
      'index',
      'film-url',
      'report-pdf',
      'image instance-1',
      'image instance-2',
    ])
    expect(waitsFor(find(tasks, 'index'))).toEqual(['project DR001'])
    expect(waitsFor(find(tasks, 'film-url'))).toEqual(['index'])
    expect(waitsFor(find(tasks, 'report-pdf'))).toEqual(['film-url'])
    expect(waitsFor(find(tasks, 'image'))).toEqual(['index'])
  })

  test('nothing leaves within the hold window, and the index is due one hour after the release', () => {
    const tasks = plan(complete, jilin({ holdMinutes: 7 }))
    for (const step of ['project', 'index', 'film-url', 'report-pdf'])
      expect(find(tasks, step).notBefore, step).toBe(report.releasedAt! + 7 * minute)
    expect(find(tasks, 'index').deadlineAt).toBe(report.releasedAt! + 60 * minute)
    expect(find(plan(complete, jilin()), 'index').notBefore).toBe(report.releasedAt! + 5 * minute)
  })

  test('what is due within the hour goes ahead of everything else', () => {
    const tasks = plan(complete, jilin())
    const rank = (step: string) => find(tasks, step).priority
    for (const step of ['film-url', 'report-pdf', 'image']) expect(rank('index')).toBeLessThan(rank(step))
  })

  test('an item is told once for an institution, whichever exam meets it first', () => {
    const [first] = plan(complete, jilin())
    const [other] = plan({ ...complete, exam: examWith({ id: 'exam-2', accessionNumber: 'DR2' }) }, jilin())
    expect([first?.scope, first?.subject, first?.version]).toEqual([other?.scope, other?.subject, other?.version])
    const elsewhere = plan(
      { ...complete, institution: { ...complete.institution, hospitalCode: '220100002' } },
      jilin(),
    )[0]
    expect(elsewhere?.scope).not.toBe(first?.scope)
  })

  test('an amended report is a new version of index, address and PDF; the images are not sent again', () => {
    const before = plan(complete, jilin())
    const amended = { ...report, version: 2, findings: '补充', releasedAt: morning + 90 * minute }
    const after = plan({ ...complete, report: amended }, jilin())
    const changed = versions(after).filter((line) => !versions(before).includes(line))
    expect(changed.map((line) => line.split(' ')[0])).toEqual(['index', 'film-url', 'report-pdf'])
  })
})

describe('to a PACS', () => {
  test('only the images, once they are complete', () => {
    expect(plan(dossier({ ...imaged, settledAt: undefined }), pacs())).toEqual([])
    expect(steps(plan(complete, pacs()))).toEqual(['image instance-1', 'image instance-2'])
    expect(plan(complete, pacs()).flatMap(waitsFor)).toEqual([])
  })

  test('a corrected name, sex, birth date or number is a new version of every image; a phone number is not', () => {
    const before = versions(plan(complete, pacs()))
    const changed = (change: object) =>
      versions(plan({ ...complete, patient: { ...patient, ...change } }, pacs())).filter((v) => !before.includes(v))
        .length
    expect([{ name: '张玮' }, { sex: 'F' }, { birthDate: '1988-03-06' }].map(changed)).toEqual([2, 2, 2])
    expect(changed({ phone: '13800001234' })).toBe(0)
  })

  test('a corrected reading of the name is sent too: the copy carries it', () => {
    const corrected = { ...complete, patient: { ...patient, namePinyin: 'CHANG WEI' } }
    expect(versions(plan(corrected, pacs()))).not.toEqual(versions(plan(complete, pacs())))
  })
})

describe('to any of them', () => {
  test.each([
    ['aimis', aimis()],
    ['jilin', jilin()],
    ['pacs', pacs()],
  ])('%s: a cancelled exam wants nothing', (_kind, destination) => {
    const exam = examWith({ cancelled: { at: morning, by: 'li', reason: '未到' } })
    expect(plan({ ...complete, exam }, destination)).toEqual([])
  })

  test.each([
    ['aimis', aimis()],
    ['jilin', jilin()],
    ['pacs', pacs()],
  ])(
    '%s: asking again wants the same, later as well, and every prerequisite is among what is wanted',
    (_kind, destination) => {
      const tasks = plan(complete, destination)
      expect(versions(plan(structuredClone(complete), destination, morning + 9000 * minute))).toEqual(versions(tasks))
      expect(new Set(tasks.map((task) => `${task.scope} ${task.step} ${task.subject}`)).size).toBe(tasks.length)
      for (const task of tasks)
        for (const needed of task.after) {
          const found = tasks.some(
            (other) =>
              other.step === needed.step &&
              (needed.subject === '*' || other.subject === needed.subject) &&
              other.scope === (needed.scope ?? task.scope),
          )
          expect(found, `${task.step} waits for ${needed.step}`).toBe(true)
        }
    },
  )
})
