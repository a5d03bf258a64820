import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import { type CareBench, openCareBench } from './care-bench.ts'

let bench: CareBench
beforeAll(async () => {
  bench = await openCareBench({ aimis: 0, jilin: 1 })
}, 60_000)
afterAll(() => bench.close())

test('the report that is shown, previewed and printed is byte for byte the one that the provincial cloud received', async () => {
  const exam = await bench.register()
  await bench.image(exam)
  await bench.release(exam.id)
  await bench.delivered(exam.id)
  const exams = Object.values(bench.jilin[0]!.ledger.exams)
  const received = exams.map(({ pdf }) => ({ sha256: pdf?.sha256, bytes: pdf?.bytes, times: pdf?.received }))

  const params = { id: exam.id }
  const shown = await bench.doctor.bytes(routes.reportPdf, { params })
  const previewed = await bench.doctor.bytes(routes.reportPdf, { params, query: { preview: '1' } })
  const { pdf } = await bench.doctor.call(routes.printPrepare, { body: { kind: 'report', examIds: [exam.id] } })
  for (const seen of [shown, previewed, Buffer.from(pdf, 'base64')]) {
    const sha256 = createHash('sha256').update(seen).digest('hex')
    expect(received).toEqual([{ sha256, bytes: seen.length, times: 1 }])
  }
})
