import { afterEach, expect, test } from 'vitest'
import { codeOf, expectOk } from '../db/rooms-for-tests.ts'
import { type LookupBench, openLookups, person, tellElsewhere } from './lookup-bench.ts'

let bench: LookupBench
afterEach(() => bench.close())

const pdf = Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n')
const question = (bench: LookupBench, examId: string, cloudExamId: string) => ({
  examId,
  destinationId: bench.province.id,
  cloudExamId,
  hospitalCode: 'SAF2313',
  accessionNumber: 'DX2603050001',
})

test('the PDF comes as the cloud holds it, and that it was shown waits to be told', async () => {
  bench = await openLookups()
  const cloudExamId = await tellElsewhere(bench.platform, bench.province, undefined, pdf)
  const examId = bench.register()
  const found = expectOk(await bench.lookups.priorReport(question(bench, examId, cloudExamId), person))
  expect(found.equals(pdf)).toBe(true)
  const records = bench.rooms.outbox.ofExam(examId).filter((task) => task.step === 'call-record')
  expect(records).toHaveLength(1)
  expect(records[0]?.payload).toEqual({
    hospitalCode: '220100001',
    examId: cloudExamId,
    queryDocName: '李医生',
    queryDocCode: '0301',
    retrivalTime: '2026-11-21 09:30:00',
    retrivaType: '3',
    mac: 'AA-BB-CC-DD-EE-FF',
  })
  expect(bench.rooms.audit.about('exam', examId).map((row) => row.action)).toEqual(
    expect.arrayContaining(['look-up', 'record-look-up']),
  )
})

test('a report that is not there, an outage, and what is no PDF are said in words and leave no record', async () => {
  bench = await openLookups()
  const cloudExamId = await tellElsewhere(bench.platform, bench.province)
  const examId = bench.register()
  const ask = () => bench.lookups.priorReport(question(bench, examId, cloudExamId), person)
  expect(codeOf(await ask())).toBe('NOT-FOUND')
  for (const fault of [
    { kind: 'answer-code', code: 503 },
    { kind: 'html' },
    { kind: 'reset-before-body' },
    { kind: 'http-status', status: 500 },
  ] as const) {
    bench.platform.faults.add({ call: 'queryExamPdfData', times: 1, fault })
    expect(codeOf(await ask()), fault.kind).toBe('LOOKUP-FAILED')
  }
  expect(bench.rooms.outbox.ofExam(examId).filter((task) => task.step === 'call-record')).toEqual([])
})

test('a destination that is gone, off, or of another kind cannot be asked', async () => {
  bench = await openLookups()
  const examId = bench.register()
  for (const destinationId of ['no such', bench.tencentCloud.id]) {
    const outcome = await bench.lookups.priorReport({ ...question(bench, examId, '1'), destinationId }, person)
    expect(codeOf(outcome)).toBe('LOOKUP-FAILED')
  }
})
