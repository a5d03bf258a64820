import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import { type SimulatedJilin, startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import { jilinSettingsSchema } from '../../shared/models/destination.ts'
import { chinaDateTime } from '../../shared/text/china-time.ts'
import { exampleDossier } from '../clouds/example-dossier.ts'
import { aimisAccount, aimisDestination, jilinAccount, jilinDestination } from '../stand-ins/clinic-at-clouds.ts'
import { errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { samePerson, tellElsewhere } from './lookup-bench.ts'

// The lookups over the station's own HTTP API, against both simulated clouds, across a restart.
const dataFolder = mkdtempSync(join(tmpdir(), 'yingzhan-lookups-'))
let station: StationForTests
let jilin: SimulatedJilin
let aimis: SimulatedAimis
let examId: string
let province: string
let doctor: string

beforeAll(async () => {
  jilin = await startSimulatedJilin(jilinAccount)
  aimis = await startSimulatedAimis(aimisAccount)
  station = await startStation({ dataFolder, args: ['--training'] })
  const { api } = station
  await api.institutionCreate({ body: { name: '晨光门诊部', hospitalCode: '220100001', hospitalId: 'H1' } })
  province = (await api.destinationCreate({ body: jilinDestination(jilin, { holdMinutes: 5 }) })).id
  await api.destinationCreate({ body: aimisDestination(aimis, { aeTitle: 'AIMIS', host: '127.0.0.1', port: 9 }) })
  const body = { username: 'li', displayName: '李医生', doctorCode: '0301', role: 'doctor', password: 'Password-of-li' }
  await api.accountCreate({ body: body as never })
  doctor = await station.logIn('li', 'Password-of-li')
  const exam = { modality: 'DR' as const, itemCode: 'DR001', itemName: '胸部正位' }
  examId = (await api.examRegister({ body: { patient: samePerson as never, exam } })).id
}, 60_000)
afterAll(async () => {
  await station.stop()
  await Promise.all([jilin.stop(), aimis.stop()])
  rmSync(dataFolder, { recursive: true, force: true })
})

const destination = () => ({
  id: province,
  kind: 'jilin' as const,
  name: '省影像云',
  enabled: true,
  paused: undefined,
  settings: jilinSettingsSchema.parse(jilinDestination(jilin, { holdMinutes: 5 }).settings),
})

test('a doctor looks for prior exams, reads a report, and the cloud knows of it after a restart', async () => {
  const recent = { ...exampleDossier, studyDateTime: chinaDateTime(Date.now() - 86_400_000) }
  const pdf = Buffer.from('%PDF-1.4\n%%EOF\n')
  const cloudExamId = await tellElsewhere(jilin, destination(), recent, pdf)
  const api = station.apiAs(doctor)
  const answers = await api.priorExams({ body: { examId, kind: 'history' } })
  expect(answers).toMatchObject([{ ok: true, exams: [{ cloudExamId, isOurs: false }] }])

  jilin.faults.add({ call: 'saveReminderCallRecord', times: 2, fault: { kind: 'http-status', status: 503 } })
  const shown = await station.call('priorReport', {
    token: doctor,
    body: {
      examId,
      destinationId: province,
      cloudExamId,
      hospitalCode: 'SAF2313',
      accessionNumber: recent.exam.accessionNumber,
    },
  })
  expect([shown.status, shown.headers['content-type'], shown.bytes.equals(pdf)]).toEqual([200, 'application/pdf', true])
  const record = { examId, destinationId: province, cloudExamId, kind: 'reminder', searchType: 'duplicate' } as const
  expect(await api.callRecord({ body: record })).toEqual({ done: true })
  const recognition = { examId, destinationId: province, cloudExamId, recognised: false, quoted: false }
  expect(await api.recognition({ body: { ...recognition, reason: '病情已变化' } })).toEqual({ done: true })

  expect(await station.end()).toBe(0)
  jilin.faults.clear()
  station = await startStation({ dataFolder, args: ['--training'] })
  doctor = await station.logIn('li', 'Password-of-li')
  const open = async () =>
    (await station.api.examDeliveries({ params: { id: examId } })).filter(
      (task) => task.destinationId === province && task.state !== 'delivered',
    )
  for (const task of await open()) await station.api.deliveryRetry({ params: { id: task.id } })
  for (let tries = 0; tries < 100 && (await open()).length > 0; tries++) await new Promise((r) => setTimeout(r, 50))
  expect(await open()).toEqual([])
  expect(jilin.ledger.reminders.map((one) => one.retrivaType).sort()).toEqual(['1', '3'])
  expect(jilin.ledger.recognitions).toHaveLength(1)
  expect(jilin.ledger.grants.length).toBeLessThanOrEqual(2)
}, 60_000)

test('a cloud that fails is words with a code, never the station’s own failure', async () => {
  for (const fault of [{ kind: 'http-status', status: 500 }, { kind: 'html' }, { kind: 'cut-json' }] as const) {
    jilin.faults.add({ call: 'queryFormerlyExam', times: 1, fault })
    const answer = await station.call('priorExams', { token: doctor, body: { examId, kind: 'history' } })
    expect([answer.status, answer.json[0].ok, answer.json[0].code]).toEqual([200, false, expect.any(String)])
  }
  const [cloud] = (await station.api.destinationList()).filter((one) => one.kind === 'aimis')
  const body = { examId, destinationId: cloud!.id }
  aimis.faults.add({ call: 'patientStudies', times: 1, fault: { kind: 'answer-code', code: 1 } })
  const failed = await station.call('cloudStudies', { token: doctor, body })
  expect([failed.status, errorOf(failed).code]).toEqual([502, 'LOOKUP-FAILED'])
  expect(errorOf(failed).message).toContain('AIMIS-1')
})

test('who has no resident number, no code, or no role is told so', async () => {
  const exam = { modality: 'DR' as const, itemCode: 'DR001', itemName: '胸部正位' }
  const patient = { name: '无证', sex: 'M', birthDate: '1990-01-01' } as const
  const other = (await station.api.examRegister({ body: { patient, exam } })).id
  const ask = (id: string, token: string) =>
    station.call('priorExams', { token, body: { examId: id, kind: 'history' } })
  expect(errorOf(await ask(other, doctor)).code).toBe('NO-IDENTITY')
  expect((await ask(other, doctor)).status).toBe(409)
  expect(errorOf(await ask(examId, station.token)).message).toContain('医师编码')
  const registrar = { username: 'ma', displayName: '马', role: 'registrar', password: 'Password-of-ma' } as const
  await station.api.accountCreate({ body: registrar })
  const token = await station.logIn('ma', 'Password-of-ma')
  const body = { examId, destinationId: province, cloudExamId: '1', recognised: true, quoted: false }
  expect(errorOf(await station.call('recognition', { token, body })).code).toBe('ROLE-NEEDED')
})

test('the station stops in time while a cloud keeps a question waiting', async () => {
  jilin.faults.add({ call: 'queryFormerlyExam', times: 1, fault: { kind: 'slow', ms: 15_000 } })
  const waiting = station
    .call('priorExams', { token: doctor, body: { examId, kind: 'history' } })
    .catch(() => 'cut off')
  await new Promise((resolve) => setTimeout(resolve, 500))
  const began = performance.now()
  expect(await station.end()).toBe(0)
  expect(performance.now() - began).toBeLessThan(5000)
  expect(await waiting).toBe('cut off')
  expect(station.printed.err + station.printed.out).not.toMatch(/11010519491231002X|王秀英/)
})
