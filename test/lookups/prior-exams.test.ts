import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Fault } from '../../electron/training/fault-script.ts'
import { codeOf, expectOk } from '../db/rooms-for-tests.ts'
import { elsewhere, type LookupBench, mapItem, openLookups, person, tellElsewhere } from './lookup-bench.ts'

let bench: LookupBench
afterEach(() => bench.close())

describe.each([
  { edition: 'hospital' },
  { edition: 'city' },
  { edition: 'hospital', sm2: { order: 'C1C2C3', encoding: 'hex', prefix04: false } },
  { edition: 'city', sm2: { order: 'C1C3C2', encoding: 'hex', prefix04: true } },
])('with the settings %o', (settings) => {
  test('the history of a year comes from every provincial cloud, each with its own answer', async () => {
    bench = await openLookups({ jilin: settings })
    const cloudExamId = await tellElsewhere(bench.platform, bench.province)
    const answers = expectOk(await bench.lookups.priorExams({ examId: bench.register(), kind: 'history' }, person))
    expect(answers.map((one) => [one.destinationName, one.ok, one.exams.length])).toEqual([
      ['省影像云', true, 1],
      ['市平台', true, 0],
    ])
    expect(answers[0]?.exams[0]).toEqual({
      destinationId: bench.province.id,
      cloudExamId,
      hospitalCode: 'SAF2313',
      hospitalName: '',
      accessionNumber: 'DX2603050001',
      modality: 'DX',
      bodyPart: 'CHEST',
      itemNames: [],
      checkTime: '2026-11-19 10:04:30',
      findings: '双肺纹理清晰，未见实变。',
      impression: '心肺膈未见异常。',
      reportDoctor: '李医生',
      auditDoctor: '刘医生',
      imageViewUrls: [],
      isOurs: false,
    })
    expect(bench.platform.ledger.refusals).toEqual([])
  })
})

test('a duplicate is looked for in the last seven days by the exam’s own item', async () => {
  bench = await openLookups()
  const sameItem = { ...elsewhere, exam: { ...elsewhere.exam, itemCode: 'DR001' } }
  await tellElsewhere(bench.platform, bench.province, sameItem)
  const older = { ...sameItem, studyDateTime: '2026-11-10 08:00:00' }
  await tellElsewhere(bench.platform, bench.province, {
    ...older,
    exam: { ...older.exam, accessionNumber: 'DX2611100001' },
  })
  await mapItem(bench)
  const examId = bench.register()
  const ask = async (more: object = {}) =>
    expectOk(await bench.lookups.priorExams({ examId, kind: 'duplicate', ...more }, person))[0]?.exams.map(
      (exam) => exam.accessionNumber,
    )
  expect(await ask()).toEqual(['DX2603050001'])
  const [from, to] = [Date.parse('2026-11-01T00:00:00+08:00'), Date.parse('2026-11-12T00:00:00+08:00')]
  expect(await ask({ from, to })).toEqual(['DX2611100001'])
  expect(await ask({ from: to, to: from })).toEqual(['DX2611100001'])
  expect(await ask({ from })).toEqual(['DX2603050001', 'DX2611100001'])
})

test('an item that nobody mapped leads to the mapping page, and the other cloud answers all the same', async () => {
  bench = await openLookups()
  const answers = expectOk(await bench.lookups.priorExams({ examId: bench.register(), kind: 'duplicate' }, person))
  expect(answers[0]).toMatchObject({ ok: false, code: 'JILIN-409', exams: [] })
  expect(answers[0]?.action).toContain('项目对照')
  expect(answers[0]?.action).not.toContain('重试')
})

test('an exam of our own that comes back is known as ours', async () => {
  bench = await openLookups()
  const examId = bench.register()
  const own = bench.rooms.readDossier(examId)!
  const told = { ...elsewhere, institution: own.institution, exam: own.exam, patient: own.patient }
  await tellElsewhere(bench.platform, bench.province, told)
  await tellElsewhere(bench.platform, bench.province, { ...told, institution: elsewhere.institution })
  const [answer] = expectOk(await bench.lookups.priorExams({ examId, kind: 'history' }, person))
  expect(answer?.exams.map((exam) => [exam.hospitalCode, exam.isOurs]).sort()).toEqual([
    ['220100001', true],
    ['SAF2313', false],
  ])
})

const faults: readonly [Fault, string][] = [
  [{ kind: 'answer-code', code: 503 }, 'JILIN-503'],
  [{ kind: 'answer-code', code: 400 }, 'JILIN-400'],
  [{ kind: 'answer-code', code: 777 }, 'JILIN-777'],
  [{ kind: 'http-status', status: 502 }, 'CLOUD-HTTP-502'],
  [{ kind: 'http-status', status: 429 }, 'CLOUD-HTTP-429'],
  [{ kind: 'html' }, 'CLOUD-HTML'],
  [{ kind: 'redirect', location: 'http://127.0.0.1:9/' }, 'CLOUD-REDIRECT'],
  [{ kind: 'cut-json' }, 'CLOUD-JSON'],
  [{ kind: 'reset-before-body' }, 'CLOUD-RESET'],
  [{ kind: 'reset-after-processing' }, 'CLOUD-NO-ANSWER|CLOUD-RESET'],
  [{ kind: 'slow', ms: 3000 }, 'LOOKUP-SLOW'],
]
test.each(faults)('one cloud with %o does not hold up the other, and says why with a code', async (fault, code) => {
  bench = await openLookups()
  await tellElsewhere(bench.other, bench.city)
  bench.platform.faults.add({ call: 'queryFormerlyExam', times: 1, fault })
  const examId = bench.register()
  const answers = expectOk(await bench.lookups.priorExams({ examId, kind: 'history' }, person))
  expect(answers[0]).toMatchObject({ ok: false, code: expect.stringMatching(code), exams: [] })
  expect(answers[0]?.message).toMatch(/\p{Script=Han}/u)
  expect(answers[0]?.action).not.toContain('自动重试')
  expect(answers[1]).toMatchObject({ ok: true, exams: [{ accessionNumber: 'DX2603050001' }] })
})

test('a cloud that is not there at all, and a wrong secret, are answers too', async () => {
  bench = await openLookups()
  await bench.platform.stop()
  expectOk(bench.rooms.destinations.change(bench.city.id, { settings: { appSecret: 'wrong' } }, 'admin'))
  const answers = expectOk(await bench.lookups.priorExams({ examId: bench.register(), kind: 'history' }, person))
  expect(answers.map((one) => one.code)).toEqual(['CLOUD-REFUSED', 'JILIN-11001'])
  bench = await openLookups()
})

test('whoever waits gets an answer, even from a platform that takes the call and never speaks', async () => {
  bench = await openLookups()
  const silent = createServer(() => {}).listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  const { port } = silent.address() as { port: number }
  expectOk(
    bench.rooms.destinations.change(bench.city.id, { settings: { baseUrl: `http://127.0.0.1:${port}` } }, 'admin'),
  )
  const began = performance.now()
  const answers = expectOk(await bench.lookups.priorExams({ examId: bench.register(), kind: 'history' }, person))
  expect(performance.now() - began).toBeLessThan(2500)
  expect(answers[1]).toMatchObject({ ok: false, code: 'LOOKUP-SLOW' })
  silent.close()
})

test('without a resident number, a doctor’s code or an exam nothing is asked', async () => {
  bench = await openLookups()
  const ask = async (examId: string, who = person) =>
    codeOf(await bench.lookups.priorExams({ examId, kind: 'history' }, who))
  expect(await ask(bench.register({ identity: { kind: 'passport', number: 'E12345678' } }))).toBe('NO-IDENTITY')
  expect(await ask(bench.register({ identity: undefined, name: '无证' }))).toBe('NO-IDENTITY')
  expect(await ask('no such exam')).toBe('NOT-FOUND')
  expect(await ask(bench.register(), { ...person, doctorCode: '' })).toBe('LOOKUP-FAILED')
  expect(await ask(bench.register(), { ...person, displayName: '买买提·艾合买提' })).toBe('LOOKUP-FAILED')
  expect(bench.platform.ledger.grants).toEqual([])
  expect(bench.rooms.audit.newest(50).filter((row) => row.action === 'look-up')).toEqual([])
})

test('a switched-off destination is not asked; no destination at all is an empty list', async () => {
  bench = await openLookups()
  expectOk(bench.rooms.destinations.change(bench.province.id, { enabled: false }, 'admin'))
  expectOk(bench.rooms.destinations.change(bench.city.id, { enabled: false }, 'admin'))
  expect(expectOk(await bench.lookups.priorExams({ examId: bench.register(), kind: 'history' }, person))).toEqual([])
})

test('the audit log says who looked at whom, without an identity number; so does the program’s log', async () => {
  bench = await openLookups()
  const examId = bench.register()
  bench.platform.faults.add({ call: 'queryFormerlyExam', times: 1, fault: { kind: 'answer-code', code: 503 } })
  await bench.lookups.priorExams({ examId, kind: 'history' }, person)
  const row = bench.rooms.audit.about('exam', examId).find((one) => one.action === 'look-up')
  expect(row).toMatchObject({ actor: 'li', details: { what: 'prior-exams', kind: 'history' } })
  const kept = JSON.stringify([bench.rooms.audit.newest(100), bench.logged])
  expect(kept).not.toContain('11010519491231002X')
  expect(kept).not.toContain('王秀英')
})

test('who asks is the exam’s department where it fits, else the one of the settings', async () => {
  bench = await openLookups()
  const seen: unknown[] = []
  const spy = { ...bench.clients.jilin(bench.province) }
  const { createLookups } = await import('../../electron/station/uploads/lookups.ts')
  const lookups = createLookups({
    db: bench.rooms.db,
    clock: bench.rooms.clock,
    log: { error: () => {} } as never,
    audit: () => {},
    clients: {
      jilin: () => ({
        ...spy,
        queryFormerlyExam: async (question) => {
          seen.push([question.queryDeptCode, question.queryDeptName, question.mac])
          return { kind: 'done', value: [] }
        },
      }),
    },
    destinations: () => [bench.province],
    readDossier: bench.rooms.readDossier,
    department: () => ({ code: '88', name: '影像科' }),
    institutions: bench.rooms.settings.institutions,
    mac: () => 'AA-BB-CC-DD-EE-FF',
    addTask: () => {},
  })
  const departments = [
    { examDepartment: { code: '02', name: '放射科' }, applyDepartment: { code: '01', name: '内科' } },
    { examDepartment: { code: '02', name: '医学影像诊断中心' }, applyDepartment: { code: '01', name: '内科' } },
    { applyDepartment: { code: '', name: '内科' } },
    {},
  ]
  for (const exam of departments) {
    const examId = bench.register({}, exam)
    expectOk(await lookups.priorExams({ examId, kind: 'history' }, person))
  }
  expect(seen).toEqual([
    ['02', '放射科', 'AA-BB-CC-DD-EE-FF'],
    ['01', '内科', 'AA-BB-CC-DD-EE-FF'],
    ['88', '影像科', 'AA-BB-CC-DD-EE-FF'],
    ['88', '影像科', 'AA-BB-CC-DD-EE-FF'],
  ])
})

test('fifty lookups whose token was revoked in mid-run ask for one new token between them', async () => {
  bench = await openLookups({ patienceMs: 20_000 })
  const examId = bench.register()
  const ask = async () => expectOk(await bench.lookups.priorExams({ examId, kind: 'history' }, person))
  await ask()
  expect(bench.platform.ledger.grants).toHaveLength(1)
  bench.platform.revokeTokens()
  const answers = await Promise.all(Array.from({ length: 50 }, ask))
  expect(answers.flat().filter((one) => !one.ok)).toEqual([])
  expect(bench.platform.ledger.grants).toHaveLength(2)
})
