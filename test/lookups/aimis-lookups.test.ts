import { afterEach, describe, expect, test } from 'vitest'
import { codeOf, expectOk } from '../db/rooms-for-tests.ts'
import { type LookupBench, openLookups, person, tellAimis } from './lookup-bench.ts'

let bench: LookupBench
afterEach(() => bench.close())

describe.each(['2025', '2023'] as const)('in the edition of %s', (edition) => {
  test('the patient’s studies, consultations and report pages come from AIMIS', async () => {
    bench = await openLookups({ edition })
    await tellAimis(bench.tencent, bench.rooms.clock)
    const examId = bench.register({}, { hisNumber: 'H001' })
    const at = { examId, destinationId: bench.tencentCloud.id }
    const [study, ...others] = expectOk(await bench.aimisLookups.cloudStudies(at, person))
    expect(others).toEqual([])
    expect(study).toMatchObject({
      studyId: 'DX2603050001',
      studyDate: '2026-11-19 10:04:30',
      bodyPart: 'CHEST',
      applyDoctor: '张医师',
      reportUrl: expect.stringMatching(/^https:/),
      imageUrl: expect.stringMatching(/^https:/),
    })
    const { reportId } = study!
    expect(expectOk(await bench.aimisLookups.consultations(at, person)).url).toMatch(/^https:/)
    expect(expectOk(await bench.aimisLookups.reportUrl({ ...at, reportId }, person))).toMatchObject({
      studyId: 'DX2603050001',
    })
    expect(bench.tencent.ledger.refusals).toEqual([])
    const asked = bench.rooms.audit.about('exam', examId).filter((row) => row.action === 'look-up')
    expect(asked.map((row) => (row.details as { what: string }).what).sort()).toEqual([
      'cloud-studies',
      'consultations',
      'report-url',
    ])
  })
})

test('nothing found is an empty list, or said in words', async () => {
  bench = await openLookups()
  const at = { examId: bench.register({}, { hisNumber: 'H001' }), destinationId: bench.tencentCloud.id }
  expect(expectOk(await bench.aimisLookups.cloudStudies(at, person))).toEqual([])
  expect(codeOf(await bench.aimisLookups.consultations(at, person))).toBe('NOT-FOUND')
  expect(codeOf(await bench.aimisLookups.reportUrl({ ...at, reportId: 'none' }, person))).toBe('NOT-FOUND')
})

test('what is missing is named, and what the cloud or the network says comes with a code', async () => {
  bench = await openLookups()
  const destinationId = bench.tencentCloud.id
  const withoutPhone = { examId: bench.register({ phone: undefined, name: '王英' }), destinationId }
  const missing = await bench.aimisLookups.cloudStudies(withoutPhone, person)
  expect(missing).toMatchObject({ ok: false, problem: { code: 'LOOKUP-FAILED' } })
  expect(JSON.stringify(missing)).toContain('患者电话号码')
  const at = { examId: bench.register({}, { hisNumber: 'H001' }), destinationId }
  const calls = {
    patientStudies: () => bench.aimisLookups.cloudStudies(at, person),
    patientConsultations: () => bench.aimisLookups.consultations(at, person),
    patientReportUrl: () => bench.aimisLookups.reportUrl({ ...at, reportId: 'R-1' }, person),
  }
  for (const [call, question] of Object.entries(calls)) {
    for (const fault of [
      { kind: 'answer-code', code: 1 },
      { kind: 'answer-code', code: 90001 },
      { kind: 'answer-code', code: 90003 },
      { kind: 'answer-code', code: 424242 },
      { kind: 'html' },
      { kind: 'redirect', location: 'http://127.0.0.1:9/' },
      { kind: 'http-status', status: 500 },
      { kind: 'http-status', status: 404 },
      { kind: 'cut-json' },
      { kind: 'reset-before-body' },
      { kind: 'reset-after-processing' },
    ] as const) {
      bench.tencent.faults.add({ call, times: 2, fault })
      const outcome = await question()
      bench.tencent.faults.clear()
      expect(codeOf(outcome), `${call} ${fault.kind}`).toBe('LOOKUP-FAILED')
      expect(JSON.stringify(outcome)).toMatch(/（(AIMIS|CLOUD)-[A-Z0-9-]+）/)
      expect(JSON.stringify(outcome)).not.toMatch(/自动重试|“重试”|13800138000|11010519491231002X/)
    }
  }
  bench.tencent.faults.add({ call: 'patientStudies', times: 1, fault: { kind: 'slow', ms: 3000 } })
  expect(JSON.stringify(await calls.patientStudies())).toContain('LOOKUP-SLOW')
  expect(codeOf(await bench.aimisLookups.cloudStudies({ ...at, destinationId: bench.province.id }, person))).toBe(
    'LOOKUP-FAILED',
  )
})
