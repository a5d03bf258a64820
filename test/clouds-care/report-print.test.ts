import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import { isWireTime } from '../../shared/clouds/wire-time.ts'
import { chinaDateTime } from '../../shared/text/china-time.ts'
import { type CareBench, minute, openCareBench } from './care-bench.ts'

// 打印时间 and 打印医生 of report/add: told where they are known when the report goes, and never a reason to tell it again.
let bench: CareBench
beforeAll(async () => {
  bench = await openCareBench({ aimis: 1, jilin: 0 })
}, 60_000)
afterAll(() => bench.close())

type Exam = Awaited<ReturnType<CareBench['register']>>
const reportsAtCloud = (exam: Exam) =>
  Object.values(bench.aimis[0]!.ledger.studies[exam.accessionNumber]?.reports ?? {})

async function print(exam: Exam): Promise<void> {
  const { ticket } = await bench.doctor.call(routes.printPrepare, { body: { kind: 'report', examIds: [exam.id] } })
  await bench.doctor.call(routes.printDone, { body: { kind: 'report', ticket, how: 'silent', printer: 'A4' } })
}

/** A released report that the gateway did not take at once: it is tried again in a while. */
async function releasedDuringAnOutage(): Promise<Exam> {
  const exam = await bench.register()
  await bench.image(exam)
  bench.aimis[0]!.faults.add({ call: 'report/add', times: 1, fault: { kind: 'http-status', status: 500 } })
  await bench.release(exam.id)
  await expect
    .poll(async () => (await bench.deliveries(exam.id)).find((task) => task.step === 'report')?.attempts, {
      timeout: 20_000,
    })
    .toBeGreaterThan(0)
  expect(reportsAtCloud(exam)).toEqual([])
  return exam
}

test('printed before it was delivered, a report says when first and by whom', async () => {
  const exam = await releasedDuringAnOutage()
  await print(exam)
  const [first] = await bench.admin.call(routes.printHistory, { params: { id: exam.id } })
  await bench.advance(2 * minute)
  await print(exam)
  await bench.delivered(exam.id)
  const [told] = reportsAtCloud(exam)
  expect(told?.body).toMatchObject({ printTime: chinaDateTime(first!.at), printDoctor: '王医生' })
  expect(isWireTime(String(told?.body.printTime))).toBe(true)
})

test('not printed, a report goes without, and nobody is asked for it', async () => {
  const exam = await releasedDuringAnOutage()
  await bench.advance(2 * minute)
  await bench.delivered(exam.id)
  const [told] = reportsAtCloud(exam)
  expect(told).toBeDefined()
  expect(Object.keys(told!.body).filter((name) => name.startsWith('print'))).toEqual([])
  const lines = await bench.admin.call(routes.preflight, { params: { id: exam.id } })
  expect(lines.filter((line) => line.field.startsWith('print'))).toEqual([])
})

test('printed after it was delivered, a report is not told again', async () => {
  const exam = await bench.register()
  await bench.image(exam)
  await bench.release(exam.id)
  await bench.delivered(exam.id)
  const before = await bench.deliveries(exam.id)
  await print(exam)
  await bench.quiet(exam.id)
  expect(await bench.deliveries(exam.id)).toEqual(before)
  // Nor when something else of the exam is told anew: the study goes, the report stays as it is there.
  await bench.doctor.call(routes.examChange, { params: { id: exam.id }, body: { exam: { bed: '12' } } })
  await bench.delivered(exam.id)
  const steps = (await bench.deliveries(exam.id)).map((task) => task.step)
  expect(steps.filter((step) => step === 'report')).toHaveLength(1)
  expect(steps.filter((step) => step === 'study').length).toBeGreaterThan(1)
  const [told] = reportsAtCloud(exam)
  expect([told?.received, told?.body.printTime]).toEqual([1, undefined])
})
