import { afterAll, beforeAll, expect, test } from 'vitest'
import { logInToStation } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { until } from '../stand-ins/until.ts'
import { type CareBench, codeOf, openCareBench } from './care-bench.ts'

// What staff are told before audit and release is what the deliveries then say.
let bench: CareBench
beforeAll(async () => {
  bench = await openCareBench({ aimis: 1, jilin: 1 })
}, 60_000)
afterAll(() => bench.close())

const preflight = (id: string) => bench.doctor.call(routes.preflight, { params: { id } })
const blocksOf = async (id: string, destinationId = bench.jilinIds[0]!) =>
  (await preflight(id)).filter((line) => line.destinationId === destinationId && line.severity === 'blocks')

test('a missing phone number blocks the provincial index, names the place to fill it, and is gone once it is filled', async () => {
  const exam = await bench.register({ phone: undefined })
  await bench.image(exam)
  await bench.write(exam.id)
  const [line, ...more] = await blocksOf(exam.id)
  expect(more).toEqual([])
  expect(line).toMatchObject({
    code: 'MISSING-FIELD',
    field: 'phoneNumber',
    place: { kind: 'patient', field: 'phone' },
    destinationName: '省影像云1',
  })
  expect(line!.message).toContain(line!.label)

  await bench.release(exam.id)
  const blocked = await until('blocked', async () =>
    (await bench.deliveries(exam.id)).find((task) => task.step === 'index' && task.state === 'blocked'),
  )
  expect(blocked.reason).toContain(line!.label)
  const held = () => bench.jilin[0]!.ledger.exams[`220100001/${exam.accessionNumber}`]
  expect(held()).toBeUndefined()

  await bench.admin.call(routes.examChange, { params: { id: exam.id }, body: { patient: { phone: '13800000009' } } })
  expect(await blocksOf(exam.id)).toEqual([])
  await bench.delivered(exam.id)
  expect(held()).toMatchObject({ received: 1, body: { phoneNumber: '13800000009' } })
})

test('a doctor’s name of six characters blocks: 12 of 10 bytes, before release and in the delivery alike', async () => {
  const exam = await bench.register()
  await bench.image(exam)
  const body = { findings: '双肺纹理清晰。', reportDoctor: { code: '2001', name: '欧阳陈技师长' } }
  await bench.doctor.call(routes.reportSave, { params: { id: exam.id }, body })
  const lines = await blocksOf(exam.id)
  expect(lines).toMatchObject([{ code: 'FIELD-TOO-LONG', field: 'reportDocName', place: { kind: 'account' } }])
  expect(lines[0]!.message).toMatch(/12 字节，上限 10/)
  for (const [client, step] of [
    [bench.doctor, routes.reportSubmit],
    [bench.auditor, routes.reportApprove],
    [bench.auditor, routes.reportRelease],
  ] as const)
    await client.call(step, { params: { id: exam.id }, body: {} })
  const blocked = await until('blocked', async () =>
    (await bench.deliveries(exam.id)).find((task) => task.step === 'index' && task.state === 'blocked'),
  )
  expect(blocked.reason).toContain(lines[0]!.label)
})

test('while a report is written and audited, doctors who are not known yet block nothing; an account without a code does', async () => {
  const exam = await bench.register()
  await bench.image(exam)
  await bench.write(exam.id)
  const asked = (client: CareBench['admin']) =>
    client
      .call(routes.preflight, { params: { id: exam.id } })
      .then((lines) => lines.filter((line) => line.place.kind === 'account'))
  expect([...(await asked(bench.doctor)), ...(await asked(bench.admin))]).toEqual([])
  await bench.doctor.call(routes.reportSubmit, { params: { id: exam.id }, body: {} })
  expect([...(await asked(bench.auditor)), ...(await asked(bench.admin))]).toEqual([])

  const body = {
    username: 'zhao',
    displayName: '赵医生',
    doctorCode: '',
    role: 'auditor',
    password: 'Password-of-zhao',
  }
  await bench.admin.call(routes.accountCreate, { body: { ...body, role: 'auditor' } })
  const withoutCode = await logInToStation(bench.url, 'zhao', 'Password-of-zhao')
  const lines = (await asked(withoutCode)).filter((line) => line.destinationId === bench.jilinIds[0])
  expect(lines).toMatchObject([{ severity: 'blocks', code: 'MISSING-FIELD', field: 'auditDocCode' }])
})

test('what AIMIS recommends is told and stops nothing; what it needs and lacks blocks', async () => {
  const exam = await bench.register({ identity: undefined, phone: undefined }, { clinicalDiagnosis: undefined })
  await bench.image(exam)
  await bench.release(exam.id)
  const lines = (await preflight(exam.id)).filter((line) => line.destinationId === bench.aimisIds[0])
  const recommended = lines.filter((line) => line.severity === 'recommended')
  expect(recommended.length).toBeGreaterThan(0)
  for (const line of recommended) expect(line).toMatchObject({ code: 'RECOMMENDED-FIELD' })
  const blocking = lines.filter((line) => line.severity === 'blocks').map((line) => line.label)
  const study = await until('told or blocked', async () =>
    (await bench.deliveries(exam.id)).find(
      (task) => task.step === 'study' && ['delivered', 'blocked'].includes(task.state),
    ),
  )
  expect(study.state).toBe(blocking.length > 0 ? 'blocked' : 'delivered')
})

test('without a report it says so once, and no line holds anybody’s name or number', async () => {
  const exam = await bench.register({ name: '诸葛某某' })
  const lines = await preflight(exam.id)
  const ofReport = lines.filter((line) => line.code === 'REPORT-NONE')
  expect(ofReport.map((line) => line.destinationId)).toContain(bench.jilinIds[0])
  expect(new Set(ofReport.map((line) => line.destinationId)).size).toBe(ofReport.length)
  for (const line of lines) {
    expect(line.message).not.toMatch(/诸葛|110105199003070017|13800000001/)
    expect(line.message).toMatch(/\p{Script=Han}/u)
  }
})

test('a cloud that is switched off is not asked for, and an exam that is not there is refused', async () => {
  const exam = await bench.register({ phone: undefined })
  const id = bench.jilinIds[0]!
  await bench.admin.call(routes.destinationChange, { params: { id }, body: { enabled: false } })
  expect((await preflight(exam.id)).filter((line) => line.destinationId === id)).toEqual([])
  await bench.admin.call(routes.destinationChange, { params: { id }, body: { enabled: true } })
  expect((await preflight(exam.id)).filter((line) => line.destinationId === id)).not.toEqual([])
  expect(await codeOf(preflight('nothing'))).toBe('NOT-FOUND')
})
