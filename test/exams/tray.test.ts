import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { codeOf, expectOk, openRooms, pacs, type Rooms } from '../db/rooms-for-tests.ts'
import { saidInBoth } from '../problems/said-in-both.ts'

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

const claimed = (examId: string) => rooms.tray.claimsOf(examId).map((claim) => claim.study_instance_uid)

describe('a received study', () => {
  test('that one exam’s numbers name is attached by the station, with an audit row that says why', () => {
    const exam = expectOk(rooms.register())
    rooms.receive({ studyInstanceUid: '1.2.3', accessionNumber: exam.accessionNumber, patientId: exam.patientId })
    expect(claimed(exam.id)).toEqual(['1.2.3'])
    expect(rooms.tray.list()).toEqual([])
    const [row] = rooms.audit.about('exam', exam.id)
    expect(row).toMatchObject({ actor: 'station', action: 'attach-study' })
    expect(JSON.stringify(row?.details)).toContain('检查号一致')
    expect(rooms.told).toContainEqual({ topic: 'exams', id: exam.id })
  })

  test('that contradicts the person stays in the tray with candidate and reason', () => {
    const exam = expectOk(rooms.register())
    rooms.receive({ studyInstanceUid: '1.2.3', accessionNumber: exam.accessionNumber, patientSex: 'F' })
    expect(claimed(exam.id)).toEqual([])
    const [study] = rooms.tray.list()
    expect(study?.claim.reason).toContain('性别不同')
    expect(study?.decision.kind === 'ask-staff' && study.decision.candidates.map((one) => one.examId)).toEqual([
      exam.id,
    ])
    expect(rooms.told).toContainEqual({ topic: 'tray', id: '1.2.3' })
  })

  test('that nobody registered stays in the tray, and the exam registered afterwards becomes its candidate', () => {
    rooms.receive({
      studyInstanceUid: '1.2.3',
      patientName: 'ZHANG^WEI',
      patientSex: 'M',
      patientBirthDate: '1988-03-05',
    })
    expect(rooms.tray.list().map((study) => study.claim.reason)).toEqual(['影像没有检查号，也没有相近的检查'])
    const exam = expectOk(rooms.register())
    const [study] = rooms.tray.list()
    expect(study?.decision.kind === 'ask-staff' && study.decision.candidates.map((one) => one.examId)).toEqual([
      exam.id,
    ])
  })

  test('of an exam that was cancelled is not attached to it', () => {
    const exam = expectOk(rooms.register())
    expectOk(rooms.exams.cancel(exam.id, '未到', 'li'))
    rooms.receive({ studyInstanceUid: exam.studyInstanceUid, accessionNumber: exam.accessionNumber })
    expect(claimed(exam.id)).toEqual([])
    expect(rooms.tray.list()).toHaveLength(1)
  })

  test('is settled once nothing new came for the settle time, and an image that comes later opens it again', () => {
    rooms.addDestination(pacs())
    const exam = expectOk(rooms.register())
    rooms.receive({ studyInstanceUid: exam.studyInstanceUid })
    rooms.advance(59_000)
    expect(rooms.tray.settle()).toBe(0)
    expect(rooms.outbox.ofExam(exam.id)).toEqual([])
    rooms.receive({ studyInstanceUid: exam.studyInstanceUid })
    rooms.advance(59_000)
    expect(rooms.tray.settle()).toBe(0)
    rooms.advance(1_000)
    expect(rooms.tray.settle()).toBe(1)
    expect(rooms.outbox.ofExam(exam.id)).toHaveLength(2)
    expect(rooms.readDossier(exam.id)?.settledAt).toBe(rooms.clock())
    rooms.receive({ studyInstanceUid: exam.studyInstanceUid })
    expect(rooms.readDossier(exam.id)?.settledAt).toBeUndefined()
    rooms.advance(60_000)
    expect(rooms.tray.settle()).toBe(1)
    expect(rooms.outbox.ofExam(exam.id)).toHaveLength(3)
    expect(rooms.tray.settle()).toBe(0)
  })

  test('settles by the seconds that are set', () => {
    expectOk(rooms.settings.change({ dicom: { settleSeconds: 2 } }, 'admin'))
    rooms.receive({ studyInstanceUid: '1.2.3' })
    rooms.advance(2000)
    expect(rooms.tray.settle()).toBe(1)
  })
})

describe('two people under one StudyInstanceUID', () => {
  test('send the study back to the tray before anything of it went out', () => {
    const exam = expectOk(rooms.register())
    rooms.receive({ studyInstanceUid: '1.2.3', accessionNumber: exam.accessionNumber, patientId: exam.patientId })
    expect(claimed(exam.id)).toEqual(['1.2.3'])
    rooms.receive({ studyInstanceUid: '1.2.3', accessionNumber: exam.accessionNumber, patientId: 'SOMEBODY-ELSE' })
    expect(claimed(exam.id)).toEqual([])
    const [alarm, ...others] = rooms.tray.suspects()
    expect([alarm, others]).toMatchObject([{ code: 'STUDY-TWO-PEOPLE', examId: null, studyInstanceUid: '1.2.3' }, []])
    expect(saidInBoth(alarm!)).toContain('患者编号不同')
    expect(rooms.tray.list()[0]?.claim.reason).toContain('两位患者')
    expect(rooms.audit.about('exam', exam.id).map((row) => row.action)).toContain('suspect-study')
  })

  test('are attached only after a person has confirmed it, and are then settled like others', () => {
    const exam = expectOk(rooms.register())
    rooms.receive({ studyInstanceUid: '1.2.3', accessionNumber: exam.accessionNumber, patientSex: 'M' })
    rooms.receive({ studyInstanceUid: '1.2.3', patientSex: 'F' })
    expect(codeOf(rooms.tray.attach('1.2.3', exam.id, false, 'li'))).toBe('STUDY-CONTRADICTS')
    expect(codeOf(rooms.tray.attach('1.2.3', exam.id, true, 'li'))).toBe('ok')
    expect(rooms.tray.suspects()).toEqual([])
    expect(claimed(exam.id)).toEqual(['1.2.3'])
  })

  test('are not seen where a later object merely says less', () => {
    const exam = expectOk(rooms.register())
    const { accessionNumber, patientId } = exam
    rooms.receive({ studyInstanceUid: '1.2.3', accessionNumber, patientId, patientSex: 'M' })
    rooms.receive({ studyInstanceUid: '1.2.3', patientSex: '', patientId: '', patientName: '' })
    expect(claimed(exam.id)).toEqual(['1.2.3'])
    expect(rooms.tray.suspects()).toEqual([])
  })
})

describe('attaching by a person', () => {
  test('is done, recorded, and makes what follows', () => {
    rooms.addDestination(pacs())
    const exam = expectOk(rooms.register())
    rooms.receive({ studyInstanceUid: '1.2.3', patientName: 'ZHANG^WEI' })
    rooms.advance(61_000)
    rooms.tray.settle()
    expectOk(rooms.tray.attach('1.2.3', exam.id, false, 'li'))
    expect(claimed(exam.id)).toEqual(['1.2.3'])
    expect(rooms.audit.about('exam', exam.id)[0]).toMatchObject({ actor: 'li', action: 'attach-study' })
    expect(rooms.outbox.ofExam(exam.id).map((task) => task.step)).toEqual(['image'])
    expect(expectOk(rooms.tray.attach('1.2.3', exam.id, false, 'li'))).toBe(true)
    expect(rooms.outbox.ofExam(exam.id)).toHaveLength(1)
  })

  test('against a contradiction asks to confirm, names it, and keeps it in the audit log', () => {
    const exam = expectOk(rooms.register())
    rooms.receive({ studyInstanceUid: '1.2.3', patientSex: 'F', patientBirthDate: '1988-03-06' })
    const refused = rooms.tray.attach('1.2.3', exam.id, false, 'li')
    expect(codeOf(refused)).toBe('STUDY-CONTRADICTS')
    expect(JSON.stringify(refused)).toContain('性别不同')
    expect(JSON.stringify(refused)).toContain('出生日期不同')
    expect(claimed(exam.id)).toEqual([])
    expectOk(rooms.tray.attach('1.2.3', exam.id, true, 'li'))
    expect(JSON.stringify(rooms.audit.about('exam', exam.id)[0]?.details)).toContain('性别不同')
  })

  test('is refused for another exam’s study, a cancelled exam, and what is not there', () => {
    const [first, second, cancelled] = [1, 2, 3].map(() => expectOk(rooms.register()))
    rooms.receive({
      studyInstanceUid: '1.2.3',
      accessionNumber: first!.accessionNumber,
      patientId: first!.patientId,
    })
    rooms.receive({ studyInstanceUid: '1.2.4' })
    expectOk(rooms.exams.cancel(cancelled!.id, '未到', 'li'))
    expect(codeOf(rooms.tray.attach('1.2.3', second!.id, true, 'li'))).toBe('STUDY-ATTACHED')
    expect(codeOf(rooms.tray.attach('1.2.4', cancelled!.id, true, 'li'))).toBe('EXAM-CANCELLED')
    expect(codeOf(rooms.tray.attach('1.2.4', 'nobody', true, 'li'))).toBe('NOT-FOUND')
    expect(codeOf(rooms.tray.attach('9.9', second!.id, true, 'li'))).toBe('NOT-FOUND')
    expect(claimed(first!.id)).toEqual(['1.2.3'])
  })

  test('leaves nothing when what follows from it cannot be written', () => {
    const exam = expectOk(rooms.register())
    rooms.receive({ studyInstanceUid: '1.2.3' })
    rooms.breakFollowUp(new Error('power cut'))
    expect(() => rooms.tray.attach('1.2.3', exam.id, false, 'li')).toThrow('power cut')
    expect(claimed(exam.id)).toEqual([])
    expect(rooms.audit.about('exam', exam.id).map((row) => row.action)).toEqual(['register-exam'])
  })
})

describe('taking a study out of its exam again', () => {
  test('puts it back into the tray, cancels what waited, and is recorded', () => {
    rooms.addDestination(pacs())
    const exam = rooms.imaged()
    expectOk(rooms.tray.detach(exam.studyInstanceUid, { reason: '拍错人' }, 'li'))
    expect(claimed(exam.id)).toEqual([])
    expect(rooms.tray.list().map((study) => study.claim.reason)).toEqual(['拍错人'])
    expect(rooms.outbox.ofExam(exam.id).map((task) => task.state)).toEqual(['cancelled'])
    expect(rooms.audit.about('exam', exam.id)[0]).toMatchObject({ action: 'detach-study', actor: 'li' })
    expectOk(rooms.tray.attach(exam.studyInstanceUid, exam.id, false, 'li'))
    expect(rooms.outbox.ofExam(exam.id).map((task) => task.state)).toEqual(['waiting'])
  })

  test('is refused while or after something of it was sent', () => {
    rooms.addDestination(pacs())
    const exam = rooms.imaged()
    const [task] = rooms.outbox.ofExam(exam.id)
    rooms.outbox.begin([task!.id])
    expect(codeOf(rooms.tray.detach(exam.studyInstanceUid, { reason: '' }, 'li'))).toBe('STUDY-SENT')
    rooms.outbox.finish(task!.id, { kind: 'done', value: {} })
    expect(codeOf(rooms.tray.detach(exam.studyInstanceUid, { reason: '' }, 'li'))).toBe('STUDY-SENT')
    expect(codeOf(rooms.tray.detach('9.9', { reason: '' }, 'li'))).toBe('NOT-FOUND')
    expect(claimed(exam.id)).toEqual([exam.studyInstanceUid])
  })

  test('stays out: the next image of the study does not attach it again', () => {
    const exam = rooms.imaged()
    expectOk(rooms.tray.detach(exam.studyInstanceUid, { reason: '拍错人' }, 'li'))
    rooms.receive({ studyInstanceUid: exam.studyInstanceUid })
    expect(claimed(exam.id)).toEqual([])
  })
})
