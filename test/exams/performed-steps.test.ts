import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  decidePerformedStep,
  examOfReference,
  type PerformedStepReport,
  type StepReference,
} from '../../electron/station/exams/decide-performed-step.ts'
import { prepareExamSql } from '../../electron/station/exams/exam-sql.ts'
import { preparePerformedStepSql } from '../../electron/station/exams/performed-step-sql.ts'
import { createPerformedSteps, type PerformedSteps } from '../../electron/station/exams/performed-steps.ts'
import type { Exam } from '../../shared/models/exam.ts'
import { expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

describe('one message about a step', () => {
  const told = (command: 'create' | 'set', known: Parameters<typeof decidePerformedStep>[1], status?: string) => {
    const decision = decidePerformedStep(command, known, status)
    return decision.kind === 'take' ? decision.state : decision.why
  }
  test('it begins in progress, and once', () => {
    expect(told('create', undefined, 'IN PROGRESS')).toBe('in-progress')
    expect(told('create', undefined, ' in_progress ')).toBe('in-progress')
    expect(told('create', 'in-progress', 'IN PROGRESS')).toBe('duplicate')
    expect(told('create', 'completed', 'IN PROGRESS')).toBe('duplicate')
    expect(told('create', undefined, 'COMPLETED')).toBe('status-invalid')
    expect(told('create', undefined, '')).toBe('status-missing')
    expect(told('create', undefined)).toBe('status-missing')
  })
  test('it changes while it is in progress, and never after', () => {
    expect(told('set', 'in-progress')).toBe('in-progress')
    expect(told('set', 'in-progress', 'IN PROGRESS')).toBe('in-progress')
    expect(told('set', 'in-progress', 'COMPLETED')).toBe('completed')
    expect(told('set', 'in-progress', 'DISCONTINUED')).toBe('discontinued')
    expect(told('set', 'in-progress', 'DONE')).toBe('status-invalid')
    expect(told('set', 'completed', 'COMPLETED')).toBe('ended')
    expect(told('set', 'discontinued')).toBe('ended')
    expect(told('set', undefined, 'COMPLETED')).toBe('unknown')
  })
})

describe('the exam that a reference names', () => {
  const find = {
    byStudy: (uid: string) => (uid === '2.25.1' ? { examId: 'of-study', patientId: 'P1' } : undefined),
    byAccession: (number: string) => (number === 'A1' ? { examId: 'of-number', patientId: 'P1' } : undefined),
  }
  const of = (part: Partial<StepReference>, patientId = 'P1') =>
    examOfReference({ ...noReference, ...part }, patientId, find)
  test('is that of the study, then of the accession number, then of the ids that the worklist gave', () => {
    expect(of({ studyInstanceUid: '2.25.1', accessionNumber: 'A1' })).toBe('of-study')
    expect(of({ studyInstanceUid: '9.9', accessionNumber: 'A1' })).toBe('of-number')
    expect(of({ accessionNumber: 'A9', scheduledStepId: 'A1' })).toBe('of-number')
    expect(of({ requestedProcedureId: 'A1' })).toBe('of-number')
    expect(of({})).toBeUndefined()
  })
  test('is none when the step is another patient’s', () => {
    expect(of({ studyInstanceUid: '2.25.1' }, 'P2')).toBeUndefined()
    expect(of({ studyInstanceUid: '2.25.1' }, '')).toBe('of-study')
  })
})

const noReference: StepReference = {
  studyInstanceUid: '',
  accessionNumber: '',
  scheduledStepId: '',
  requestedProcedureId: '',
}

describe('steps and their exams', () => {
  let rooms: Rooms
  let steps: PerformedSteps
  beforeEach(async () => {
    rooms = await openRooms()
    steps = createPerformedSteps(rooms)
  })
  afterEach(() => rooms.close())

  const register = (patient: Record<string, unknown> = {}) => expectOk(rooms.register(patient))
  const waiting = () => rooms.exams.worklist().map((item) => [item.exam.accessionNumber, item.isStarted])
  const start = (uid: string, report: Partial<PerformedStepReport>) =>
    steps.create(uid, { ...nothing, status: 'IN PROGRESS', ...report }, 'CT1')
  const of = (exam: Exam) => ({ references: [{ ...noReference, accessionNumber: exam.accessionNumber }] })
  const end = (uid: string, status: string, report: Partial<PerformedStepReport> = {}) =>
    steps.change(uid, { ...nothing, status, ...report }, 'CT1')

  test('an exam that is begun stays in the worklist as started, and leaves it when the step is completed', () => {
    const exam = register()
    start('1.2', of(exam))
    expect(waiting()).toEqual([[exam.accessionNumber, true]])
    expect(steps.isPerformed(exam.id)).toBe(true)
    end('1.2', 'COMPLETED', { announcedImages: 3, endedAt: '2026-11-21 09:40:00' })
    expect(waiting()).toEqual([])
    expect(steps.isPerformed(exam.id)).toBe(true)
    expect(steps.ofExam(exam.id)).toMatchObject([
      {
        state: 'completed',
        examId: exam.id,
        callingAeTitle: 'CT1',
        announcedImages: 3,
        endedAt: '2026-11-21 09:40:00',
      },
    ])
  })

  test('one that is discontinued comes back, also when images of it came', () => {
    const exam = register()
    start('1.2', of(exam))
    rooms.receive({ studyInstanceUid: exam.studyInstanceUid, accessionNumber: exam.accessionNumber })
    expect(waiting()).toEqual([])
    end('1.2', 'DISCONTINUED', { reason: 'Patient allergic to media/contrast' })
    expect(waiting()).toEqual([[exam.accessionNumber, false]])
    expect(steps.isPerformed(exam.id)).toBe(false)
    start('1.3', of(exam))
    end('1.3', 'COMPLETED')
    expect(waiting()).toEqual([])
    expect(steps.ofExam(exam.id).map((step) => step.state)).toEqual(['completed', 'discontinued'])
  })

  test('without any word from the device it leaves the worklist when images come', () => {
    const exam = register()
    rooms.receive({ studyInstanceUid: exam.studyInstanceUid, accessionNumber: exam.accessionNumber })
    expect(waiting()).toEqual([])
  })

  test('a late step of yesterday does not hide the exam of today', () => {
    const yesterday = register()
    rooms.advance(20 * 3600_000)
    const today = register()
    start('1.2', { ...of(yesterday), patientId: yesterday.patientId })
    end('1.2', 'COMPLETED')
    expect(waiting()).toEqual([[today.accessionNumber, false]])
    expect(steps.isPerformed(today.id)).toBe(false)
  })

  test('a step of another patient is kept, and shown with no exam', () => {
    const exam = register()
    start('1.2', { ...of(exam), patientId: 'P99999999' })
    end('1.2', 'COMPLETED')
    expect(steps.read('1.2')).toMatchObject({ state: 'completed', examId: null })
    expect(steps.ofExam(exam.id)).toEqual([])
    expect(waiting()).toEqual([[exam.accessionNumber, false]])
  })

  describe('with a StudyInstanceUID of the device’s own', () => {
    const own = { references: [{ ...noReference, studyInstanceUid: '1.2.840.9' }] }
    const at = (uid = '1.2') => steps.read(uid)?.examId

    test('belong to the exam to which staff attach the study, whenever the step came', () => {
      const exam = register()
      start('1.2', own)
      expect(at()).toBeNull()
      rooms.receive({ studyInstanceUid: '1.2.840.9' })
      expect(at()).toBeNull()
      expectOk(rooms.tray.attach('1.2.840.9', exam.id, true, 'li'))
      end('1.2', 'COMPLETED')
      start('1.3', own)
      expect(steps.ofExam(exam.id).map((step) => [step.sopInstanceUid, step.state])).toEqual([
        ['1.3', 'in-progress'],
        ['1.2', 'completed'],
      ])
      expect(steps.isPerformed(exam.id)).toBe(true)
    })

    test('belong to the exam that the matching finds', () => {
      const exam = register()
      start('1.2', own)
      const { accessionNumber, patientId } = exam
      rooms.receive({ studyInstanceUid: '1.2.840.9', accessionNumber, patientId })
      expect(rooms.tray.examOf('1.2.840.9')).toBe(exam.id)
      expect(at()).toBe(exam.id)
    })

    test('go with the study from exam to exam, out of it, and back when a move is taken back', () => {
      const [first, second] = [register(), register()]
      start('1.2', own)
      rooms.receive({ studyInstanceUid: '1.2.840.9' })
      expectOk(rooms.tray.attach('1.2.840.9', first.id, true, 'li'))
      expectOk(rooms.tray.move('1.2.840.9', second.id, { confirmMismatch: true }, 'li'))
      expect([at(), steps.ofExam(first.id)]).toEqual([second.id, []])
      expectOk(rooms.tray.undo(rooms.tray.moves()[0]!.id, 'li'))
      expect([at(), steps.ofExam(second.id)]).toEqual([first.id, []])
      expectOk(rooms.tray.detach('1.2.840.9', { reason: '不是他' }, 'li'))
      expect(at()).toBeNull()
      expectOk(rooms.tray.undo(rooms.tray.moves()[0]!.id, 'li'))
      expect(at()).toBe(first.id)
    })
  })

  test('a step done for the wrong patient goes with its images: the exam that was not done waits again', () => {
    const [wrong, right] = [register(), register()]
    const { studyInstanceUid, accessionNumber } = wrong
    start('1.2', { references: [{ ...noReference, studyInstanceUid, accessionNumber }] })
    end('1.2', 'COMPLETED')
    rooms.receive({ studyInstanceUid, accessionNumber })
    expect(waiting()).toEqual([[right.accessionNumber, false]])
    expectOk(rooms.tray.move(studyInstanceUid, right.id, { confirmMismatch: true }, 'li'))
    expect(waiting()).toEqual([[wrong.accessionNumber, false]])
    expect(steps.ofExam(right.id)).toHaveLength(1)
    expectOk(rooms.tray.undo(rooms.tray.moves()[0]!.id, 'li'))
    expect(waiting()).toEqual([[right.accessionNumber, false]])
  })

  test('a merge takes the steps along, with images and without, and gives them back in any order', () => {
    const [first, second, third] = [register(), register(), register()]
    start('1.2', of(first))
    const held = () => [first, second, third].map((exam) => steps.ofExam(exam.id).length)
    expectOk(rooms.tray.merge(second.id, first.id, '登记了两次', 'li'))
    const intoSecond = rooms.tray.moves()[0]!.id
    expect(held()).toEqual([0, 1, 0])
    expectOk(rooms.tray.merge(third.id, second.id, '登记了三次', 'li'))
    const intoThird = rooms.tray.moves()[0]!.id
    expect(held()).toEqual([0, 0, 1])
    start('1.3', of(first))
    expect(held()).toEqual([0, 0, 2])
    expectOk(rooms.tray.undo(intoSecond, 'li'))
    expect(held()).toEqual([2, 0, 0])
    expectOk(rooms.tray.undo(intoThird, 'li'))
    expect(held()).toEqual([2, 0, 0])
    rooms.receive({ studyInstanceUid: first.studyInstanceUid, accessionNumber: first.accessionNumber })
    start('1.4', { references: [{ ...noReference, studyInstanceUid: first.studyInstanceUid }] })
    expectOk(rooms.tray.merge(second.id, first.id, '登记了两次', 'li'))
    expect(held()).toEqual([0, 3, 0])
    expectOk(rooms.tray.undo(rooms.tray.moves()[0]!.id, 'li'))
    expect(held()).toEqual([3, 0, 0])
  })

  test('looking for the steps of exams reads no table of steps from end to end', () => {
    register()
    const queries: string[] = []
    const db = {
      prepare(text: string) {
        queries.push(text)
        return rooms.db.prepare(text)
      },
    } as unknown as Rooms['db']
    preparePerformedStepSql(db)
    prepareExamSql(db)
    const asked = queries.filter((text) => text.includes('steps (exam_id'))
    expect(asked.length).toBeGreaterThanOrEqual(4)
    for (const text of asked) {
      const named = [...text.matchAll(/@(\w+)/g)].map(([, name]) => [name, 1])
      const values = named.length > 0 ? [Object.fromEntries(named)] : ['x']
      const plan = rooms.db.prepare<unknown[], { detail: string }>(`explain query plan ${text}`).all(...values)
      const walked = plan.filter(({ detail }) => /^SCAN (l|s|o|c|performed_step|study_claim)\b/.test(detail))
      expect(walked, text).toEqual([])
    }
  })

  test('two exams done in one go are both begun and both done', () => {
    const [first, second] = [register(), register()]
    start('1.2', { references: [...of(first).references, ...of(second).references] })
    expect(waiting().map(([, isStarted]) => isStarted)).toEqual([true, true])
    end('1.2', 'COMPLETED')
    expect(waiting()).toEqual([])
    expect(steps.ofExam(second.id)).toMatchObject([{ examId: second.id }])
  })

  test('two exams done in one go into one study of the device’s own are both done', () => {
    const [first, second] = [register(), register()]
    const references = [first, second].map(({ accessionNumber }) => ({
      ...noReference,
      studyInstanceUid: '1.2.840.9',
      accessionNumber,
    }))
    start('1.2', { references })
    end('1.2', 'COMPLETED')
    rooms.receive({ studyInstanceUid: '1.2.840.9', accessionNumber: first.accessionNumber, patientId: first.patientId })
    expect([first, second].map((exam) => steps.ofExam(exam.id).length)).toEqual([1, 1])
    expect(waiting()).toEqual([])
  })

  test('only the device that began a step may change it', () => {
    const exam = register()
    start('1.2', of(exam))
    const change = (aeTitle: string) => steps.change('1.2', { ...nothing, status: 'COMPLETED' }, aeTitle)
    expect(change('CT2')).toEqual({ kind: 'refuse', why: 'of-another-device' })
    expect(steps.read('1.2')?.state).toBe('in-progress')
    expect(change('CT1')).toEqual({ kind: 'take', state: 'completed' })
  })

  test('a change keeps what it does not name', () => {
    start('1.2', { description: '胸部平扫', startedAt: '2026-11-21 09:30:00', modality: 'CT' })
    steps.change('1.2', { ...nothing, description: '胸部增强' }, 'CT1')
    expect(steps.read('1.2')).toMatchObject({
      description: '胸部增强',
      startedAt: '2026-11-21 09:30:00',
      modality: 'CT',
      state: 'in-progress',
    })
  })

  test('what is refused changes nothing', () => {
    const exam = register()
    start('1.2', of(exam))
    end('1.2', 'COMPLETED')
    expect(end('1.2', 'DISCONTINUED')).toEqual({ kind: 'refuse', why: 'ended' })
    expect(start('1.2', of(exam))).toEqual({ kind: 'refuse', why: 'duplicate' })
    expect(end('9.9', 'COMPLETED')).toEqual({ kind: 'refuse', why: 'unknown' })
    expect(steps.read('1.2')?.state).toBe('completed')
    expect(rooms.count('performed_step')).toBe(1)
  })

  test('who began and ended it is in the audit log, and the desk is told which exam changed', () => {
    const exam = register()
    start('1.2', of(exam))
    end('1.2', 'COMPLETED')
    expect(rooms.count("audit where action = 'perform-step' and actor = 'ae:CT1'")).toBe(2)
    expect(rooms.told.filter((event) => event.topic === 'exams' && event.id === exam.id).length).toBeGreaterThan(2)
  })
})

const nothing: PerformedStepReport = {
  status: undefined,
  references: undefined,
  patientId: undefined,
  patientName: undefined,
  stationAeTitle: undefined,
  modality: undefined,
  description: undefined,
  startedAt: undefined,
  endedAt: undefined,
  reason: undefined,
  announcedImages: undefined,
}
