import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writerOf } from '../../electron/station/reports/unsaved-reports.ts'
import type { Exam } from '../../shared/models/exam.ts'
import { type ReportCheck, reportDraftSchema } from '../../shared/models/report.ts'
import { templateInputSchema } from '../../shared/models/writing.ts'
import { withOverrides } from '../../shared/reports/check-overrides.ts'
import { account, codeOf, expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

const wang = account('wang', 'doctor')
const li = account('li', 'auditor')
const boss = account('boss', 'administrator')
const text = (findings: string, more: object = {}) => reportDraftSchema.parse({ findings, ...more })
const template = (name: string, more: object = {}) => templateInputSchema.parse({ name, ...more })

let rooms: Rooms
let exam: Exam
beforeEach(async () => {
  rooms = await openRooms()
  exam = rooms.imaged()
})
afterEach(() => rooms.close())
const actionsOf = (id: string) => rooms.audit.about('exam', id).map((row) => `${row.actor} ${row.action}`)

describe('the pen', () => {
  test('is held by one person, who keeps it by saying so again', () => {
    const { locks } = rooms.reports
    expect(locks.take(exam.id, wang, false)).toMatchObject({ isMine: true, holder: { username: 'wang' } })
    const since = rooms.clock()
    rooms.advance(40_000)
    expect(locks.take(exam.id, wang, false).holder?.since).toBe(since)
    rooms.advance(40_000)
    expect(locks.take(exam.id, li, false)).toMatchObject({ isMine: false, holder: { username: 'wang', since } })
    rooms.advance(20_000)
    expect(locks.read(exam.id, 'li')).toEqual({ holder: null, isMine: false })
    expect(locks.take(exam.id, li, false).isMine).toBe(true)
  })
  test('keeps others from saving and submitting, an administrator too, and says who writes since when', () => {
    expectOk(rooms.reports.save(exam, text('一'), wang))
    rooms.reports.locks.take(exam.id, wang, false)
    for (const other of [li, boss]) {
      expect(rooms.reports.save(exam, text('二'), other)).toMatchObject({
        ok: false,
        problem: { code: 'REPORT-LOCKED', with: { name: wang.displayName, since: '09:31' } },
      })
      expect(codeOf(rooms.reports.take('submit', exam, 1, other))).toBe('REPORT-LOCKED')
    }
    expect(rooms.reports.newest(exam.id)).toMatchObject({ findings: '一', state: 'draft' })
    expectOk(rooms.reports.save(exam, text('三'), wang))
  })
  test('is taken over with a trace, and whoever had it can save no more', () => {
    rooms.reports.locks.take(exam.id, wang, false)
    rooms.told.length = 0
    expect(rooms.reports.locks.take(exam.id, li, true)).toMatchObject({ isMine: true, holder: { username: 'li' } })
    expect(rooms.told).toEqual([{ topic: 'writing', id: exam.id }])
    expect(actionsOf(exam.id)[0]).toBe('li take-over-report')
    expect(codeOf(rooms.reports.save(exam, text('x'), wang))).toBe('REPORT-LOCKED')
    expect(rooms.reports.locks.take(exam.id, wang, false).isMine).toBe(false)
  })
  test('is laid down by nobody but its holder', () => {
    rooms.reports.locks.take(exam.id, wang, false)
    rooms.reports.locks.release(exam.id, 'li')
    expect(rooms.reports.locks.read(exam.id, 'wang').isMine).toBe(true)
    rooms.reports.locks.release(exam.id, 'wang')
    expect(rooms.reports.locks.read(exam.id, 'wang').holder).toBeNull()
  })
})

describe('a text that was saved since', () => {
  test('is not written over by who has not seen it', () => {
    expectOk(rooms.reports.save(exam, text('一'), wang, { seen: 0 }))
    const seen = rooms.reports.newest(exam.id)!.writtenAt
    rooms.advance(60_000)
    expectOk(rooms.reports.save(exam, text('二'), li, { seen }))
    expect(rooms.reports.save(exam, text('三'), wang, { seen })).toMatchObject({
      ok: false,
      problem: { code: 'REPORT-NEWER', with: { name: 'li', at: '09:32' } },
    })
    expect(codeOf(rooms.reports.save(exam, text('三'), wang, { seen: 0 }))).toBe('REPORT-NEWER')
    expect(rooms.reports.newest(exam.id)?.findings).toBe('二')
    expectOk(rooms.reports.save(exam, text('三'), wang, { seen: rooms.reports.newest(exam.id)!.writtenAt }))
  })
  test('may be saved again as it is: the answer was lost', () => {
    expectOk(rooms.reports.save(exam, text('一'), wang, { seen: 0 }))
    expectOk(rooms.reports.save(exam, text('一'), wang, { seen: 0 }))
  })
})

describe('what was typed and not saved', () => {
  const here = writerOf('wang', 'token one')
  const there = writerOf('wang', 'token two')
  const kept = (findings: string) => ({ draft: text(findings), typedInto: null })

  test('comes back to who typed it, after a crash too, and to nobody else', async () => {
    rooms.reports.unsaved.keep(exam.id, kept('打到一半'), here)
    const again = await openRooms(rooms.folder)
    expect(again.reports.unsaved.read(exam.id, 'wang')).toMatchObject({
      draft: { findings: '打到一半' },
      keptAt: rooms.clock(),
      typedInto: null,
    })
    expect(again.reports.unsaved.read(exam.id, 'li')).toBeNull()
    again.db.close()
  })
  test('goes when it is saved, and stays when the save is refused', () => {
    rooms.reports.unsaved.keep(exam.id, kept('打到一半'), here)
    rooms.reports.locks.take(exam.id, li, false)
    expect(codeOf(rooms.reports.save(exam, text('打完'), wang, { desk: here }))).toBe('REPORT-LOCKED')
    expect(rooms.reports.unsaved.read(exam.id, 'wang')?.draft.findings).toBe('打到一半')
    rooms.reports.locks.release(exam.id, 'li')
    expectOk(rooms.reports.save(exam, text('打完'), wang, { desk: here }))
    expect(rooms.reports.unsaved.read(exam.id, 'wang')).toBeNull()
  })
  test('at another desk of the same person stays while that desk types, and goes when it is old', () => {
    rooms.reports.unsaved.keep(exam.id, kept('一号机'), here)
    rooms.reports.unsaved.keep(exam.id, kept('二号机'), there)
    expectOk(rooms.reports.save(exam, text('一号机'), wang, { desk: here }))
    expect(rooms.reports.unsaved.read(exam.id, 'wang')?.draft.findings).toBe('二号机')
    rooms.advance(61_000)
    expectOk(rooms.reports.save(exam, text('一号机，补充'), wang, { desk: here }))
    expect(rooms.reports.unsaved.read(exam.id, 'wang')).toBeNull()
  })
})

describe('a critical finding', () => {
  const notice = () => ({ toldTo: '急诊 赵医生', how: 'phone' as const, at: rooms.clock(), note: '' })
  const tell = (input: object = {}) =>
    rooms.reports.notices.tell(exam, rooms.reports.newest(exam.id), { ...notice(), ...input }, 'wang')
  const dayOf = () => rooms.reports.notices.untold(rooms.clock() - 3600_000, rooms.clock() + 3600_000)

  test('has somebody told of it, at a time that can be, with an audit row', () => {
    expectOk(rooms.reports.save(exam, text('张力性气胸', { critical: true, positive: 'positive' }), wang))
    expect(dayOf()).toEqual([exam.id])
    expect(codeOf(tell({ at: rooms.clock() + 3600_000 }))).toBe('CRITICAL-TIME')
    expect(codeOf(tell({ at: exam.registeredAt - 3600_000 }))).toBe('CRITICAL-TIME')
    expectOk(tell())
    expect(rooms.reports.notices.ofExam(exam.id)).toMatchObject([{ toldTo: '急诊 赵医生', version: 1, toldBy: 'wang' }])
    expect(actionsOf(exam.id)[0]).toBe('wang tell-critical')
    expect(dayOf()).toEqual([])
  })
  test('is marked in the report before anybody is noted as told', () => {
    expect(codeOf(tell())).toBe('CRITICAL-NOT-MARKED')
    expectOk(rooms.reports.save(exam, text('正常'), wang))
    expect(codeOf(tell())).toBe('CRITICAL-NOT-MARKED')
    expect(dayOf()).toEqual([])
  })
})

describe('what was found in a report', () => {
  const check = (level: 'stop' | 'warn', key: string): ReportCheck => ({
    level,
    key,
    field: 'findings',
    from: 0,
    to: 1,
    words: `关于 ${key}`,
    english: key,
  })
  const submit = (checks: ReportCheck[], acknowledged?: string[]) =>
    rooms.reports.take('submit', exam, 1, wang, undefined, { checks, acknowledged })
  beforeEach(() => {
    expectOk(rooms.reports.save(exam, text('x'), wang))
  })

  test('stops whoever submits it, in words, whatever they confirm', () => {
    expect(submit([check('stop', 'a')], ['a'])).toMatchObject({
      ok: false,
      problem: { code: 'REPORT-CHECK-STOP', with: { detail: '关于 a' }, fields: { a: '关于 a' } },
    })
    expect(codeOf(submit([check('stop', 'a')]))).toBe('REPORT-CHECK-STOP')
    expect(rooms.reports.newest(exam.id)?.state).toBe('draft')
  })
  test('is confirmed, each thing, and who did is kept', () => {
    const checks = [check('warn', 'a'), check('warn', 'b')]
    expect(submit(checks, ['a'])).toMatchObject({
      ok: false,
      problem: { code: 'REPORT-CHECK-CONFIRM', fields: { b: '关于 b' } },
    })
    expectOk(submit(checks, ['a', 'b', 'gone']))
    expect(rooms.audit.about('exam', exam.id)[0]).toMatchObject({
      action: 'submit-report',
      actor: 'wang',
      details: { acknowledged: ['关于 a', '关于 b'] },
    })
  })
  test('lets a program pass that names nothing, and that nobody confirmed is kept', () => {
    expectOk(submit([check('warn', 'a')]))
    expect(rooms.audit.about('exam', exam.id)[0]).toMatchObject({ details: { notConfirmed: ['关于 a'] } })
  })
  test('is gone on with for a reason where that may be, and the reason is kept with the report and in the audit log', () => {
    const organ = { ...check('stop', 'sex-words'), mayOverride: true }
    const take = (checks: ReportCheck[], overrides: Record<string, string>) =>
      rooms.reports.take('submit', exam, 1, wang, undefined, { checks, acknowledged: ['b'], overrides })
    expect(codeOf(take([organ], {}))).toBe('REPORT-CHECK-STOP')
    expect(codeOf(take([organ], { other: '另有原因' }))).toBe('REPORT-CHECK-STOP')
    expect(codeOf(take([organ, check('stop', 'a')], { 'sex-words': '变性', a: '没关系' }))).toBe('REPORT-CHECK-STOP')
    expect(codeOf(take([organ, check('warn', 'c')], { 'sex-words': '变性' }))).toBe('REPORT-CHECK-CONFIRM')
    expect(rooms.reports.newest(exam.id)?.state).toBe('draft')

    expectOk(take([organ, check('warn', 'b')], { 'sex-words': '男变女术后' }))
    const said = { words: '关于 sex-words', reason: '男变女术后' }
    expect(rooms.audit.about('exam', exam.id)[0]).toMatchObject({
      action: 'submit-report',
      details: { acknowledged: ['关于 b'], overridden: [said] },
    })
    const kept = { ...said, key: 'sex-words', by: 'wang', name: wang.displayName }
    expect(rooms.reports.newest(exam.id)).toMatchObject({ state: 'awaiting-audit', overrides: [kept] })
    expectOk(rooms.reports.take('return', exam, 1, li, '再看看'))
    expectOk(rooms.reports.save(exam, text('y'), wang))
    expectOk(take([organ], { 'sex-words': '先天性发育异常' }))
    expect(rooms.reports.newest(exam.id)?.overrides).toMatchObject([{ ...kept, reason: '先天性发育异常' }])
  })
  test('and was gone on with is a warning for whoever comes next, until other words stand there', () => {
    const organ = { ...check('stop', 'sex-words:findings:子宫'), mayOverride: true }
    const said = { key: organ.key, words: organ.words, reason: '变性', by: 'wang', name: '王医生', at: 1 }
    const [now] = withOverrides([organ], [said])
    expect(now).toMatchObject({ level: 'warn', key: organ.key, words: `${organ.words}（王医生已说明：变性）` })
    expect(now).not.toHaveProperty('mayOverride')
    const ovary = { ...organ, key: 'sex-words:findings:卵巢' }
    const final = check('stop', organ.key)
    expect(withOverrides([ovary, final], [said])).toEqual([ovary, final])
    expect(withOverrides([organ], undefined)).toEqual([organ])
  })
  test('about the notice of a critical finding waits for the release', () => {
    const checks = [check('warn', 'critical-untold'), check('stop', 'of the text')]
    expectOk(submit([checks[0]!], []))
    expectOk(rooms.reports.take('approve', exam, 1, li, undefined, { checks: [checks[0]!], acknowledged: [] }))
    const release = (acknowledged: string[]) =>
      rooms.reports.take('release', exam, 1, li, undefined, { checks, acknowledged })
    expect(codeOf(release([]))).toBe('REPORT-CHECK-CONFIRM')
    expectOk(release(['critical-untold']))
  })
})

describe('one doctor', () => {
  beforeEach(() => {
    expectOk(rooms.reports.save(exam, text('x'), wang))
  })
  test('releases in one go where the station is set so, and each step has its row', () => {
    expect(codeOf(rooms.reports.take('release', exam, 1, wang))).toBe('REPORT-STEP')
    expectOk(rooms.settings.change({ reporting: { singleDoctor: true } }, 'boss'))
    const released = expectOk(rooms.reports.take('release', exam, 1, wang))
    const doctor = { code: wang.doctorCode, name: wang.displayName }
    expect(released).toMatchObject({
      state: 'released',
      submittedBy: 'wang',
      approvedBy: 'wang',
      releasedBy: 'wang',
      reportDoctor: doctor,
      auditDoctor: doctor,
    })
    expect(actionsOf(exam.id).slice(0, 3)).toEqual(['wang release-report', 'wang approve-report', 'wang submit-report'])
    expect(rooms.reports.versions(exam.id)).toHaveLength(1)
  })
  test('takes all steps or none', () => {
    expectOk(rooms.settings.change({ reporting: { singleDoctor: true } }, 'boss'))
    const before = rooms.count('audit')
    expect(codeOf(rooms.reports.take('release', exam, 0, wang))).toBe('NO-IMAGES')
    rooms.breakFollowUp(new Error('power cut'))
    expect(() => rooms.reports.take('release', exam, 1, wang)).toThrow('power cut')
    expect(rooms.reports.newest(exam.id)?.state).toBe('draft')
    expect(rooms.count('audit')).toBe(before)
    expect(rooms.reports.submittedTexts(exam.id)).toEqual([])
  })
})

describe('templates', () => {
  const names = (username: string) => rooms.reports.templates.list(username).map(({ name }) => name)

  test('are seen by their owner, and by others when they are shared', () => {
    rooms.reports.templates.create(template('私有'), wang)
    rooms.reports.templates.create(template('共享', { isShared: true }), wang)
    expect(names('wang')).toEqual(['私有', '共享'])
    expect(names('li')).toEqual(['共享'])
  })
  test('are changed and removed by their owner or an administrator, each time with a trace', () => {
    const { templates } = rooms.reports
    const own = templates.create(template('私有'), wang)
    const shared = templates.create(template('共享', { isShared: true }), wang)
    expect(codeOf(templates.change(own.id, template('x'), li))).toBe('NOT-FOUND')
    expect(codeOf(templates.change(own.id, template('x'), boss))).toBe('NOT-FOUND')
    expect(codeOf(templates.change(shared.id, template('x'), li))).toBe('TEMPLATE-FOREIGN')
    expect(codeOf(templates.remove(shared.id, li))).toBe('TEMPLATE-FOREIGN')
    expect(expectOk(templates.change(shared.id, template('改', { isShared: false }), boss))).toMatchObject({
      name: '改',
      owner: 'wang',
      isShared: true,
    })
    expectOk(templates.remove(shared.id, boss))
    expectOk(templates.remove(own.id, wang))
    expect(names('wang')).toEqual([])
    expect(rooms.audit.about('settings', shared.id).map((row) => `${row.actor} ${row.action}`)).toEqual([
      'boss remove-template',
      'boss change-template',
      'wang create-template',
    ])
  })
  test('are favourites and used for each person apart', () => {
    const { templates } = rooms.reports
    const { id } = templates.create(template('共享', { isShared: true }), wang)
    expectOk(templates.mark(id, { isFavourite: true }, 'li'))
    expectOk(templates.mark(id, { used: true }, 'li'))
    expectOk(templates.mark(id, { used: true }, 'li'))
    expect(templates.list('li')[0]).toMatchObject({ isFavourite: true, uses: 2 })
    expect(templates.list('wang')[0]).toMatchObject({ isFavourite: false, uses: 0 })
    expectOk(templates.mark(id, { isFavourite: false }, 'li'))
    expect(templates.list('li')[0]).toMatchObject({ isFavourite: false, uses: 2 })
    expectOk(templates.remove(id, wang))
    expect(rooms.count('template_mark')).toBe(0)
  })
  test('go out and come in again elsewhere, and what is there is passed over', async () => {
    const { templates } = rooms.reports
    templates.create(template('a', { folder: '胸部', findings: '所见', sex: 'F', fromAge: 3 }), wang)
    templates.createPhrase({ text: '请结合临床。', isShared: true }, wang)
    const file = JSON.parse(JSON.stringify(templates.exported('wang')))
    expect(templates.imported(file, wang)).toEqual({ added: 0, skipped: 2 })
    const elsewhere = await openRooms()
    expect(elsewhere.reports.templates.imported(file, li)).toEqual({ added: 2, skipped: 0 })
    expect(elsewhere.reports.templates.list('li')).toMatchObject([
      { folder: '胸部', name: 'a', findings: '所见', sex: 'F', fromAge: 3, owner: 'li' },
    ])
    elsewhere.close()
  })
  test('that came with the program come once, and not again when they were deleted', () => {
    const { templates } = rooms.reports
    const set = { templates: [template('自带', { isShared: true })], phrases: [{ text: '一句', isShared: true }] }
    templates.bringIn('first', set)
    const [brought] = templates.list('wang')
    expect(brought).toMatchObject({ owner: '', isShared: true })
    expect(templates.remove(brought!.id, wang)).toMatchObject({
      problem: { code: 'TEMPLATE-FOREIGN', with: { owner: '影站自带' } },
    })
    expectOk(templates.remove(brought!.id, boss))
    templates.bringIn('first', set)
    expect(names('wang')).toEqual([])
    expect(templates.phrases('wang').map((phrase) => phrase.text)).toEqual(['一句'])
  })
  test('have phrases beside them, with the same rights', () => {
    const { templates } = rooms.reports
    const own = templates.createPhrase({ text: '自用', isShared: false }, wang)
    const shared = templates.createPhrase({ text: '共用', isShared: true }, wang)
    expect(templates.phrases('li').map((phrase) => phrase.text)).toEqual(['共用'])
    expect(codeOf(templates.removePhrase(own.id, li))).toBe('NOT-FOUND')
    expect(codeOf(templates.removePhrase(shared.id, li))).toBe('TEMPLATE-FOREIGN')
    expectOk(templates.removePhrase(own.id, wang))
  })
})
