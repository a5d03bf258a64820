import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chinaDay } from '../../shared/text/china-time.ts'
import { checkCharacterOf } from '../../shared/text/identity-number.ts'
import { errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { registration } from './fixtures.ts'

// One station with a doctor, an auditor and a registrar; each test has an exam of its own.
let station: StationForTests
const tokens = { registrar: '', doctor: '', auditor: '' }
const as = (role: keyof typeof tokens) => station.apiAs(tokens[role])
const identity = { kind: 'resident' as const, number: `11010519880305001${checkCharacterOf('11010519880305001')}` }

beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
  for (const role of ['registrar', 'doctor', 'auditor'] as const) {
    const password = `Password-of-${role}`
    await station.api.accountCreate({ body: { username: role, displayName: `${role}-name`, role, password } })
    tokens[role] = await station.logIn(role, password)
  }
}, 60_000)
afterAll(() => station.stop())

async function examOf(name = '张伟', patient: object = {}, exam: object = {}): Promise<string> {
  const body = registration(name, patient)
  return (await station.api.examRegister({ body: { ...body, exam: { ...body.exam, ...exam } } })).id
}

/** An exam with one picture of the size of a stamp. */
async function imagedExam(exam: object = {}): Promise<string> {
  const id = await examOf('张伟', {}, exam)
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const boundary = 'a-boundary'
  const body = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="film.png"\r\ncontent-type: image/png\r\n\r\n`,
    ),
    Buffer.from(png, 'base64'),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const answer = await station.send('POST', `/api/exams/${id}/attachments`, {
    headers: {
      authorization: `Bearer ${station.token}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(body.length),
    },
    body,
  })
  if (answer.status !== 200) throw new Error(answer.text)
  return id
}

describe('templates over HTTP', () => {
  test('are there at the first start, and go out as a file that comes in again', async () => {
    const list = await as('registrar').templateList()
    expect(list.length).toBeGreaterThan(100)
    expect(list.every(({ owner, isShared }) => owner === '' && isShared)).toBe(true)
    const file = await station.call('templateExport', { token: tokens.doctor })
    expect(file.headers['content-disposition']).toContain('attachment')
    expect(file.json.templates).toHaveLength(list.length)
    expect(await as('doctor').templateImport({ body: file.json })).toMatchObject({ added: 0 })
  })
  test('are made by doctors and not by the front desk', async () => {
    const refused = await station.call('templateCreate', { token: tokens.registrar, body: { name: 'x' } })
    expect(errorOf(refused).code).toBe('ROLE-NEEDED')
    const mine = await as('doctor').templateCreate({ body: { name: '我的', folder: '自用', sex: 'F', toAge: 13 } })
    expect(mine).toMatchObject({ owner: 'doctor', isShared: false, sex: 'F', toAge: 13, uses: 0 })
    await as('doctor').templateMark({ params: { id: mine.id }, body: { isFavourite: true, used: true } })
    const seen = (await as('doctor').templateList()).find(({ id }) => id === mine.id)
    expect(seen).toMatchObject({ isFavourite: true, uses: 1 })
    expect((await as('auditor').templateList()).some(({ id }) => id === mine.id)).toBe(false)
    const other = await station.call('templateRemove', { token: tokens.auditor, params: { id: mine.id } })
    expect(other.status).toBe(404)
    await as('doctor').templateRemove({ params: { id: mine.id } })
  })
  test('have phrases beside them', async () => {
    const made = await as('doctor').phraseCreate({ body: { text: '自用的一句。' } })
    expect((await as('doctor').phraseList()).some(({ id }) => id === made.id)).toBe(true)
    await as('doctor').phraseRemove({ params: { id: made.id } })
  })
})

describe('two people at one report', () => {
  test('see who writes, and the second cannot save until he takes over', async () => {
    const params = { id: await examOf() }
    expect(await as('doctor').reportLock({ params })).toMatchObject({ isMine: true })
    expect(await as('registrar').reportLockRead({ params })).toMatchObject({
      holder: { username: 'doctor', displayName: 'doctor-name' },
      isMine: false,
    })
    const refused = await station.call('reportSave', { token: tokens.auditor, params, body: { findings: 'x' } })
    expect(refused.status).toBe(409)
    expect(errorOf(refused)).toMatchObject({ code: 'REPORT-LOCKED', message: expect.stringContaining('doctor-name') })
    expect((await as('auditor').reportLock({ params, body: { takeOver: true } })).isMine).toBe(true)
    await as('auditor').reportSave({ params, body: { findings: 'x' } })
    await as('auditor').reportUnlock({ params })
    expect((await as('doctor').reportLockRead({ params })).holder).toBeNull()
  })
  test('do not write over each other', async () => {
    const params = { id: await examOf() }
    const first = await as('doctor').reportSave({ params, body: { findings: '一', seen: 0 } })
    await as('auditor').reportSave({ params, body: { findings: '二', seen: first.writtenAt } })
    const refused = await station.call('reportSave', {
      token: tokens.doctor,
      params,
      body: { findings: '三', seen: 0 },
    })
    expect(errorOf(refused)).toMatchObject({ code: 'REPORT-NEWER', message: expect.stringContaining('auditor-name') })
    expect((await as('doctor').examRead({ params })).reports[0]?.findings).toBe('二')
  })
})

test('what was typed is kept until it is saved, for its writer alone', async () => {
  const params = { id: await examOf() }
  expect((await station.call('unsavedRead', { token: tokens.doctor, params })).text).toBe('null')
  const body = { draft: { findings: '打到一半' }, typedInto: null }
  await as('doctor').unsavedKeep({ params, body })
  expect((await as('doctor').unsavedRead({ params }))?.draft.findings).toBe('打到一半')
  expect(await as('auditor').unsavedRead({ params })).toBeNull()
  await as('doctor').reportSave({ params, body: { findings: '打完了' } })
  expect(await as('doctor').unsavedRead({ params })).toBeNull()
  await as('doctor').unsavedKeep({ params, body })
  await as('doctor').unsavedDrop({ params })
  expect(await as('doctor').unsavedRead({ params })).toBeNull()
})

describe('a report on its way', () => {
  test('is stopped by what cannot stay, and by what nobody confirmed', async () => {
    const params = { id: await imagedExam({ bodyPart: '左膝关节', itemName: '左膝关节正侧位' }) }
    const save = (findings: string, impression: string) =>
      as('doctor').reportSave({ params, body: { findings, impression, positive: 'positive' } })
    const submit = (body: object) => station.call('reportSubmit', { token: tokens.doctor, params, body })

    await save('右膝关节骨质增生，大小___。', '右膝关节退行性变。')
    const stopped = await submit({ acknowledged: [] })
    expect(stopped.status).toBe(409)
    expect(errorOf(stopped)).toMatchObject({ code: 'REPORT-CHECK-STOP' })
    expect(Object.keys(errorOf(stopped).fields ?? {})).toEqual([
      'side-request:findings:右',
      'blank:findings:___',
      'side-request:impression:右',
    ])

    await save('左膝关节骨质增生，右膝关节对照。', '左膝关节退行性变。')
    const checks = await as('doctor').reportChecks({ params })
    expect(checks).toMatchObject([{ level: 'warn', field: 'findings', key: 'side-request:findings:右' }])
    expect(errorOf(await submit({ acknowledged: [] })).code).toBe('REPORT-CHECK-CONFIRM')
    const submitted = await submit({ acknowledged: checks.map(({ key }) => key) })
    expect(submitted.json.state).toBe('awaiting-audit')
    const [step] = await as('auditor').reportHistory({ params })
    expect(step).toMatchObject({
      step: 'submit',
      byName: 'doctor-name',
      acknowledged: [checks[0]!.words],
      text: { impression: '左膝关节退行性变。' },
    })
  })

  test('about a man with a uterus goes on for a reason, which the auditor sees and confirms, and never without', async () => {
    const params = { id: await imagedExam() }
    await as('doctor').reportSave({ params, body: { findings: '盆腔内见子宫样结构。', impression: '请结合临床。' } })
    const found = await as('doctor').reportChecks({ params })
    const organ = found.find(({ key }) => key === 'sex-words:findings:子宫')
    expect(organ).toMatchObject({ level: 'stop', mayOverride: true })
    const submit = (body: object) => station.call('reportSubmit', { token: tokens.doctor, params, body })
    expect(errorOf(await submit({ acknowledged: [organ!.key] })).code).toBe('REPORT-CHECK-STOP')
    expect(errorOf(await submit({})).code).toBe('REPORT-CHECK-STOP')
    const empty = errorOf(await submit({ overrides: { [organ!.key]: ' \u200b' } }))
    expect([empty.code, Object.keys(empty.fields ?? {})]).toEqual(['BAD-REQUEST', [`overrides.${organ!.key}`]])
    const acknowledged = found.map(({ key }) => key)
    const gone = await submit({ acknowledged, overrides: { [organ!.key]: '苗勒管永存综合征' } })
    expect(gone.json.overrides).toMatchObject([{ reason: '苗勒管永存综合征', by: 'doctor', name: 'doctor-name' }])
    const [step] = await as('auditor').reportHistory({ params })
    expect(step?.overridden).toEqual([{ words: organ!.words, reason: '苗勒管永存综合征' }])

    const checks = await as('auditor').reportChecks({ params })
    expect(checks.find(({ key }) => key === organ!.key)).toMatchObject({
      level: 'warn',
      words: expect.stringContaining('doctor-name已说明：苗勒管永存综合征'),
    })
    const approve = (keys: string[]) =>
      station.call('reportApprove', { token: tokens.auditor, params, body: { acknowledged: keys } })
    expect(errorOf(await approve([])).code).toBe('REPORT-CHECK-CONFIRM')
    expect((await approve(checks.map(({ key }) => key))).json.state).toBe('approved')
  })

  test('may not name another patient of these days: whoever writes is told the names, nobody else', async () => {
    const params = { id: await imagedExam() }
    await examOf('欧阳明月')
    await examOf('高峰')
    const names = await as('doctor').otherNames({ params })
    expect(names).toContain('欧阳明月')
    expect(names).not.toContain('高峰')
    expect(names).not.toContain('张伟')
    const refused = await station.call('otherNames', { token: tokens.registrar, params })
    expect(errorOf(refused).code).toBe('ROLE-NEEDED')
    await as('doctor').reportSave({ params, body: { findings: '欧阳明月双肺清晰。', impression: '正常。' } })
    const checks = await as('doctor').reportChecks({ params })
    expect(checks.map(({ key }) => key)).toContain('name-other:findings:欧阳明月')
  })

  test('passes for a program that knows nothing of warnings, and goes back with its reason', async () => {
    const params = { id: await imagedExam() }
    await as('doctor').reportSave({ params, body: { findings: '双肺清晰。', impression: '左侧胸腔积液。' } })
    await as('doctor').reportSubmit({ params, body: {} })
    await as('auditor').reportReturn({ params, body: { reason: '左右请核对' } })
    await as('doctor').reportSave({ params, body: { findings: '右侧肋膈角变钝。', impression: '右侧胸腔积液。' } })
    await as('doctor').reportSubmit({ params, body: {} })
    await as('auditor').reportApprove({ params, body: {} })
    await as('auditor').reportRelease({ params, body: {} })
    await as('doctor').reportAmend({ params, body: { reason: '补充' } })
    const history = await as('doctor').reportHistory({ params })
    expect(history.map(({ step, version }) => `${step} ${version}`)).toEqual([
      'amend 2',
      'release 1',
      'approve 1',
      'submit 1',
      'save 1',
      'return 1',
      'submit 1',
      'save 1',
    ])
    expect(history[5]?.reason).toBe('左右请核对')
    expect(history.flatMap(({ text }) => text?.impression ?? [])).toEqual(['右侧胸腔积液。', '左侧胸腔积液。'])
  })

  test('with a critical finding asks whom it was told to', async () => {
    const params = { id: await imagedExam() }
    const body = { toldTo: '急诊 赵医生', how: 'phone' as const, at: Date.now() }
    expect(errorOf(await station.call('criticalTell', { params, body })).code).toBe('CRITICAL-NOT-MARKED')
    const draft = {
      findings: '右侧气胸。',
      impression: '右侧大量气胸。',
      positive: 'positive' as const,
      critical: true,
    }
    await as('doctor').reportSave({ params, body: draft })
    expect((await as('doctor').reportChecks({ params })).map(({ key }) => key)).toEqual(['critical-untold'])
    const untold = async () => {
      const { untold } = await as('doctor').dayPage({ query: { day: chinaDay(Date.now()) } })
      return untold?.rows.map(({ examId }) => examId)
    }
    expect(await untold()).toEqual([params.id])
    await as('doctor').reportSubmit({ params, body: { acknowledged: [] } })
    await as('auditor').reportApprove({ params, body: { acknowledged: [] } })
    const asked = await station.call('reportRelease', { token: tokens.auditor, params, body: { acknowledged: [] } })
    expect(errorOf(asked).code).toBe('REPORT-CHECK-CONFIRM')
    await as('registrar').criticalTell({ params, body })
    expect(await as('doctor').criticalList({ params })).toMatchObject([{ toldTo: '急诊 赵医生', toldBy: 'registrar' }])
    expect(await untold()).toEqual([])
    expect((await as('auditor').reportRelease({ params, body: { acknowledged: [] } })).state).toBe('released')
  })
})

test('earlier exams are the same person, by row or by identity document, newest first, with what was released', async () => {
  const first = await examOf('孙大圣', { identity })
  const second = await examOf('孙大圣', { identity }, { itemName: '第二次' })
  const renamed = await examOf('孙悟空', { identity }, { itemName: '改名后' })
  await examOf('孙大圣')
  const cancelled = await examOf('孙大圣', { identity })
  await station.api.examCancel({ params: { id: cancelled }, body: { reason: '登记错' } })
  const priors = await as('registrar').localPriors({ params: { id: second } })
  expect(priors.map(({ examId }) => examId)).toEqual([renamed, first])
  expect(priors[0]).toMatchObject({ itemName: '改名后', imageCount: 0, examinedAt: null, report: null })
  expect(await as('registrar').localPriors({ params: { id: renamed } })).toHaveLength(2)
})

test('an exam that is not there is said to be not there, on every route about one', async () => {
  const params = { id: 'none' }
  const calls = [
    station.call('reportLock', { params, body: {} }),
    station.call('reportLockRead', { params }),
    station.call('reportUnlock', { params }),
    station.call('unsavedKeep', { params, body: { draft: {}, typedInto: null } }),
    station.call('unsavedRead', { params }),
    station.call('unsavedDrop', { params }),
    station.call('criticalTell', { params, body: { toldTo: 'x', how: 'phone', at: 1 } }),
    station.call('criticalList', { params }),
    station.call('localPriors', { params }),
    station.call('reportChecks', { params }),
    station.call('reportHistory', { params }),
  ]
  const answers = await Promise.all(calls)
  expect(answers.map(({ status }) => status)).toEqual(calls.map(() => 404))
})

test('one doctor releases in one go, each step kept', async () => {
  const params = { id: await imagedExam() }
  await as('doctor').reportSave({ params, body: { findings: '双肺清晰。', impression: '未见明显异常。' } })
  await station.api.settingsChange({ body: { reporting: { singleDoctor: true } } })
  expect((await as('doctor').reportRelease({ params, body: { acknowledged: [] } })).state).toBe('released')
  await station.api.settingsChange({ body: { reporting: { singleDoctor: false } } })
  const history = await as('doctor').reportHistory({ params })
  expect(history.map(({ step }) => step)).toEqual(['release', 'approve', 'submit', 'save'])
})
