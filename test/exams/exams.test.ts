import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WorklistScope } from '../../electron/station/exams/exams.ts'
import { maskPatient } from '../../electron/station/exams/patients.ts'
import { chinaDay } from '../../shared/text/china-time.ts'
import { aimis, codeOf, expectOk, morning, openRooms, pacs, type Rooms, residentNumber } from '../db/rooms-for-tests.ts'

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

const resident = (number: string) => ({ identity: { kind: 'resident', number } })

describe('registering', () => {
  test('gives numbers, a study UID, a state and an audit row for person and exam', () => {
    const exam = expectOk(rooms.register())
    expect(exam.accessionNumber).toMatch(/^DR261121\d{4}$/)
    expect(exam.patientId).toMatch(/^P26\d{6}$/)
    expect(exam.studyInstanceUid).toMatch(/^2\.25\.\d+$/)
    expect(exam.scheduledAt).toBe(morning)
    expect(exam.registeredBy).toBe('registrar')
    expect(rooms.audit.about('exam', exam.id).map((row) => [row.actor, row.action])).toEqual([
      ['registrar', 'register-exam'],
    ])
    expect(rooms.audit.about('patient', exam.patientRowId).map((row) => row.action)).toEqual(['register-patient'])
    expect(rooms.told).toContainEqual({ topic: 'exams', id: exam.id })
  })

  test('writes the tasks that follow from it in the same transaction: when one fails, neither is there', () => {
    rooms.addDestination(aimis())
    const before = ['exam', 'patient', 'audit', 'outbox_task', 'running_number'].map(rooms.count)
    rooms.breakFollowUp(new Error('power cut'))
    expect(() => rooms.register()).toThrow('power cut')
    expect(['exam', 'patient', 'audit', 'outbox_task', 'running_number'].map(rooms.count)).toEqual(before)
    rooms.breakFollowUp(undefined)
    const exam = expectOk(rooms.register())
    expect(rooms.outbox.ofExam(exam.id).map((task) => [task.step, task.state])).toEqual([['study-qr', 'waiting']])
    expect(exam.accessionNumber).toBe('DR2611210001')
  })

  test('recognises a returning person by identity document and name, and keeps the patient id', () => {
    const number = residentNumber()
    const first = expectOk(rooms.register(resident(number)))
    rooms.advance(3600_000)
    const second = expectOk(rooms.register({ ...resident(number), phone: '13800001234' }))
    expect(second.patientRowId).toBe(first.patientRowId)
    expect(second.patientId).toBe(first.patientId)
    expect(second.accessionNumber).not.toBe(first.accessionNumber)
    expect(rooms.exams.read(second.id)?.patient.phone).toBe('13800001234')
  })

  test('never merges two people without that: same name and birth date, or the same document under another name', () => {
    const number = residentNumber()
    const ids = [
      expectOk(rooms.register(resident(number))),
      expectOk(rooms.register(resident(residentNumber()))),
      expectOk(rooms.register()),
      expectOk(rooms.register()),
      expectOk(rooms.register({ ...resident(number), name: '张维' })),
    ].map((exam) => exam.patientId)
    expect(new Set(ids).size).toBe(5)
  })

  test('a returning person’s corrected data reaches the exams registered before', () => {
    const destination = rooms.addDestination(pacs())
    const identity = { identity: { kind: 'passport', number: 'E12345678' } }
    const first = rooms.imaged(1, { ...identity, birthDate: '1988-03-05' })
    const versions = () =>
      rooms.outbox
        .ofExam(first.id)
        .filter((task) => task.destinationId === destination.id && task.state === 'waiting')
        .map((task) => task.version)
    const before = versions()
    expectOk(rooms.register({ ...identity, birthDate: '1988-03-06' }))
    expect(rooms.exams.read(first.id)?.patient.birthDate).toBe('1988-03-06')
    expect(versions()).not.toEqual(before)
  })

  test.each([
    ['a wrong check digit', '220102198803051110', 'IDENTITY-CHECK'],
    ['17 digits', '22010219880305111', 'IDENTITY-CHECK'],
    ['letters', 'ABCDEF198803051110', 'IDENTITY-CHECK'],
    ['a birth date that is not registered', residentNumber('1988-03-06'), 'IDENTITY-MISMATCH'],
    ['the other sex', residentNumber('1988-03-05', 'F'), 'IDENTITY-MISMATCH'],
  ])(
    'refuses an identity number with %s, says in which field, and does not repeat the number',
    (_what, number, code) => {
      const refused = rooms.register(resident(number))
      expect(codeOf(refused)).toBe(code)
      expect(rooms.count('exam') + rooms.count('patient')).toBe(0)
      expect(JSON.stringify(refused)).not.toContain(number)
      expect(refused.ok ? {} : refused.problem.fields).not.toEqual({})
    },
  )

  test('an institution that is not there is refused', () => {
    expect(codeOf(rooms.register({}, { institutionId: 'nobody' }))).toBe('NOT-FOUND')
  })
})

describe('an identity number', () => {
  test('is nowhere in clear: not in the database, its log, the audit rows or the events', () => {
    const numbers = [residentNumber(), residentNumber()]
    const exam = expectOk(rooms.register(resident(numbers[0]!)))
    expectOk(rooms.register({ name: '李娜', identity: { kind: 'passport', number: 'E98765432' } }))
    expectOk(rooms.exams.change(exam.id, { patient: resident(numbers[1]!) as never }, 'registrar'))
    const onDisk = [rooms.file, `${rooms.file}-wal`].map((file) => readFileSync(file).toString('latin1')).join('')
    for (const number of [...numbers, 'E98765432']) {
      expect(onDisk.includes(number), number).toBe(false)
      expect(JSON.stringify([rooms.audit.newest(100), rooms.told])).not.toContain(number)
    }
    // Not vacuous: what is beside it is found.
    expect(onDisk).toContain('register-patient')
    expect(rooms.exams.read(exam.id)?.patient.identity?.number).toBe(numbers[1])
  })

  test('is masked for pages, and sending the masked one back keeps the whole one', () => {
    const number = residentNumber()
    const exam = expectOk(rooms.register(resident(number)))
    const shown = maskPatient(rooms.exams.read(exam.id)!.patient)
    expect(shown.identity?.number).toBe(`${number.slice(0, 3)}***********${number.slice(-4)}`)
    expectOk(rooms.exams.change(exam.id, { patient: { identity: shown.identity, phone: '1' } }, 'registrar'))
    expect(rooms.exams.read(exam.id)?.patient.identity?.number).toBe(number)
  })

  test('is not opened for lists and the worklist', () => {
    const exam = expectOk(rooms.register(resident(residentNumber())))
    expect(rooms.exams.readForList(exam.id)?.patient).toMatchObject({ name: '张伟' })
    expect(rooms.exams.readForList(exam.id)?.patient.identity).toBeUndefined()
    expect(rooms.exams.worklist().map((one) => one.patient.identity)).toEqual([undefined])
  })

  test('is kept as the card prints it: an X is upper-case', () => {
    let number = residentNumber()
    while (!number.endsWith('X')) number = residentNumber()
    const first = expectOk(rooms.register(resident(number.toLowerCase())))
    expect(rooms.exams.read(first.id)?.patient.identity?.number).toBe(number)
    expect(expectOk(rooms.register(resident(number))).patientId).toBe(first.patientId)
  })
})

describe('changing what was registered', () => {
  test('keeps numbers, says in the audit log what was before, and tells what follows', () => {
    const exam = expectOk(rooms.register())
    expectOk(rooms.exams.change(exam.id, { patient: { name: '张玮' }, exam: { bed: '12' } }, 'li'))
    const after = rooms.exams.read(exam.id)!
    expect(after.exam).toMatchObject({ accessionNumber: exam.accessionNumber, bed: '12', bodyPart: '胸部' })
    expect(after.patient).toMatchObject({ name: '张玮', namePinyin: 'ZHANG WEI', patientId: exam.patientId })
    const [patientRow] = rooms.audit.about('patient', exam.patientRowId)
    expect(patientRow).toMatchObject({ actor: 'li', action: 'change-patient' })
    expect(JSON.stringify(patientRow?.details)).toContain('张伟')
    expect(rooms.audit.about('exam', exam.id)[0]).toMatchObject({ actor: 'li', action: 'change-exam' })
  })

  test('of a person is told for every exam of the person', () => {
    const destination = rooms.addDestination(aimis())
    const number = residentNumber()
    const exams = [rooms.imaged(1, resident(number)), rooms.imaged(1, resident(number))]
    const waiting = () =>
      exams.map((exam) =>
        rooms.outbox.ofExam(exam.id).find((task) => task.step === 'study' && task.state === 'waiting'),
      )
    const before = waiting().map((task) => task?.version)
    expectOk(rooms.exams.change(exams[1]!.id, { patient: { phone: '13900002222' } }, 'li'))
    for (const [index, task] of waiting().entries()) {
      expect(task?.destinationId).toBe(destination.id)
      expect(task?.version).not.toBe(before[index])
    }
  })

  test('that the person’s document contradicts is refused and changes nothing', () => {
    const exam = expectOk(rooms.register(resident(residentNumber())))
    expect(codeOf(rooms.exams.change(exam.id, { patient: { birthDate: '1999-01-01' } }, 'li'))).toBe(
      'IDENTITY-MISMATCH',
    )
    expect(rooms.exams.change(exam.id, { patient: { name: '' }, exam: { bed: '1' } }, 'li')).toMatchObject({
      problem: { code: 'BAD-REQUEST', fields: { 'patient.name': '不能为空' } },
    })
    expect(rooms.exams.read(exam.id)).toMatchObject({ patient: { birthDate: '1988-03-05', name: '张伟' } })
    expect(rooms.exams.read(exam.id)?.exam.bed).toBeUndefined()
  })

  test('an exam that is not there, or cancelled, is refused', () => {
    expect(codeOf(rooms.exams.change('nobody', {}, 'li'))).toBe('NOT-FOUND')
    const exam = expectOk(rooms.register())
    expectOk(rooms.exams.cancel(exam.id, '患者未到', 'li'))
    expect(codeOf(rooms.exams.change(exam.id, { exam: { bed: '1' } }, 'li'))).toBe('EXAM-CANCELLED')
  })
})

describe('cancelling', () => {
  test('keeps who, when and why, takes the exam off the worklist and its waiting tasks with it', () => {
    rooms.addDestination(aimis())
    const exam = expectOk(rooms.register())
    expect(rooms.exams.worklist().map((item) => item.exam.id)).toEqual([exam.id])
    expectOk(rooms.exams.cancel(exam.id, '患者未到', 'li'))
    expect(rooms.exams.read(exam.id)?.exam.cancelled).toEqual({ at: morning, by: 'li', reason: '患者未到' })
    expect(rooms.exams.worklist()).toEqual([])
    expect(rooms.outbox.ofExam(exam.id).map((task) => task.state)).toEqual(['cancelled'])
    expect(rooms.audit.about('exam', exam.id)[0]).toMatchObject({
      action: 'cancel-exam',
      details: { reason: '患者未到' },
    })
    expect(codeOf(rooms.exams.cancel(exam.id, 'again', 'li'))).toBe('EXAM-CANCELLED')
  })

  test('is refused once the report has gone further than a draft', () => {
    const exam = rooms.imaged()
    rooms.release(exam)
    expect(codeOf(rooms.exams.cancel(exam.id, '患者未到', 'li'))).toBe('EXAM-HAS-REPORT')
    expect(rooms.exams.read(exam.id)?.exam.cancelled).toBeUndefined()
  })
})

describe('the worklist', () => {
  test('shows what waits for images, with the institution’s name, and no exam that has them', () => {
    const waiting = expectOk(rooms.register())
    const imaged = rooms.imaged()
    const items = rooms.exams.worklist()
    expect(items.map((item) => item.exam.id)).toEqual([waiting.id])
    expect(items[0]?.institutionName).toBe('晨光门诊部')
    expect(imaged.id).not.toBe(waiting.id)
  })

  test('keeps what was not done yesterday and shows nothing from long ago', () => {
    const exam = expectOk(rooms.register())
    rooms.advance(24 * 3600_000)
    expect(rooms.exams.worklist().map((item) => item.exam.id)).toEqual([exam.id])
    rooms.advance(30 * 24 * 3600_000)
    expect(rooms.exams.worklist()).toEqual([])
  })

  test('shows an exam of another time to who asks for its day or its number', () => {
    const exam = expectOk(rooms.register())
    rooms.advance(90 * 24 * 3600_000)
    const day = chinaDay(exam.scheduledAt)
    const dayBefore = chinaDay(exam.scheduledAt - 24 * 3600_000)
    const found = (scope: WorklistScope) => rooms.exams.worklist(scope).map((item) => item.exam.id)
    expect(found({})).toEqual([])
    for (const scope of [
      { fromDay: day, toDay: day },
      { fromDay: dayBefore },
      { toDay: day },
      { accessionNumber: exam.accessionNumber },
    ])
      expect([scope, found(scope)]).toEqual([scope, [exam.id]])
    for (const scope of [{ toDay: dayBefore }, { accessionNumber: 'X' }])
      expect([scope, found(scope)]).toEqual([scope, []])
  })
})
