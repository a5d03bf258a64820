import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Exam } from '../../shared/models/exam.ts'
import { reportDraftSchema } from '../../shared/models/report.ts'
import {
  account,
  aimis,
  codeOf,
  expectOk,
  jilin,
  openRooms,
  pacs,
  type Rooms,
  residentNumber,
} from '../db/rooms-for-tests.ts'
import { saidInBoth } from '../problems/said-in-both.ts'

let rooms: Rooms
beforeEach(async () => {
  rooms = await openRooms()
})
afterEach(() => rooms.close())

const claimed = (examId: string) => rooms.tray.claimsOf(examId).map((claim) => claim.study_instance_uid)
const claims = () => rooms.db.prepare('select * from study_claim order by study_instance_uid').all()
const exams = () => rooms.db.prepare('select * from exam order by id').all()
const newest = () => rooms.tray.moves()[0]!
const actions = (examId: string) => rooms.audit.about('exam', examId).map((row) => row.action)
/** Everything that is due is sent and confirmed, until nothing is due any more. */
function deliverAll(destinationId: string): string[] {
  const steps: string[] = []
  for (let round = 0; round < 20; round++) {
    const due = rooms.outbox.ready(destinationId)
    if (due.length === 0) break
    rooms.outbox.begin(due.map((task) => task.id))
    for (const task of due) {
      rooms.outbox.finish(task.id, { kind: 'done', value: {} })
      const whose = rooms.exams.read(task.examId)!.exam.accessionNumber.slice(-4)
      steps.push(`${task.step} ${whose}`)
    }
  }
  return steps
}
const last = (exam: Exam) => exam.accessionNumber.slice(-4)

describe('what the station attached by itself', () => {
  test('is a move of the station; undone it is in the tray as nobody’s, and late images leave it there', () => {
    const exam = rooms.imaged()
    expect(newest()).toMatchObject({ kind: 'attach', actor: 'station', toExamId: exam.id, mayUndo: true })
    expectOk(rooms.tray.undo(newest().id, 'li'))
    expect(claimed(exam.id)).toEqual([])
    expect(rooms.tray.list().map((study) => study.header.studyInstanceUid)).toEqual([exam.studyInstanceUid])
    rooms.receive({ studyInstanceUid: exam.studyInstanceUid, accessionNumber: exam.accessionNumber })
    rooms.advance(61_000)
    rooms.tray.settle()
    expect(claimed(exam.id)).toEqual([])
    expect(actions(exam.id)).toContain('undo-move')
    expect(codeOf(rooms.tray.undo(newest().id, 'li')), 'an undoing').toBe('MOVE-STANDS')
  })

  test('says why in either language, and so does its undoing; what a person wrote stays as it was written', () => {
    const exam = rooms.imaged()
    expect(newest().reason).toMatch(/^检查实例号（StudyInstanceUID）一致；/)
    expect(newest().reasonInEnglish).toMatch(/^StudyInstanceUID agrees; /)
    expectOk(rooms.tray.undo(newest().id, 'li'))
    expect(newest().reasonInEnglish).toMatch(/^Undone: StudyInstanceUID agrees/)
    expect(rooms.tray.list()[0]?.claim).toMatchObject({ reason: '由人工移出', reason_in_english: 'Taken out by staff' })
    expectOk(rooms.tray.attach(exam.studyInstanceUid, exam.id, true, 'li'))
    expectOk(rooms.tray.detach(exam.studyInstanceUid, { reason: '拿错了' }, 'li'))
    expect(newest()).toMatchObject({ reason: '拿错了', reasonInEnglish: '拿错了' })
  })
})

describe('a move to another exam', () => {
  test('takes the study over in one step, tells both exams, and undone restores every row as it was', () => {
    rooms.addDestination(pacs())
    const from = rooms.imaged()
    const to = expectOk(rooms.register())
    const before = claims()
    expectOk(rooms.tray.move(from.studyInstanceUid, to.id, { reason: '点错患者' }, 'li'))
    expect([claimed(from.id), claimed(to.id)]).toEqual([[], [from.studyInstanceUid]])
    expect(newest()).toMatchObject({ kind: 'move', fromExamId: from.id, toExamId: to.id, actor: 'li', mayUndo: true })
    expect(rooms.outbox.ofExam(from.id).map((task) => task.state)).toEqual(['cancelled'])
    expect(rooms.outbox.ofExam(to.id).map((task) => task.state)).toEqual(['waiting'])
    for (const id of [from.id, to.id]) expect(actions(id)).toContain('move-study')
    expectOk(rooms.tray.undo(newest().id, 'li'))
    expect(claims()).toEqual(before)
    expect(rooms.outbox.ofExam(from.id).map((task) => task.state)).toEqual(['waiting'])
    expect(rooms.outbox.ofExam(to.id).map((task) => task.state)).toEqual(['cancelled'])
  })

  test('to another person is asked for in so many words', () => {
    const from = rooms.imaged()
    rooms.receive({ studyInstanceUid: '1.2.9', accessionNumber: from.accessionNumber, patientId: from.id })
    const woman = expectOk(rooms.register({ name: '李娜', sex: 'F' }))
    expectOk(rooms.tray.attach('1.2.9', from.id, true, 'li'))
    expect(codeOf(rooms.tray.move('1.2.9', woman.id, {}, 'li'))).toBe('STUDY-CONTRADICTS')
    expect(claimed(woman.id)).toEqual([])
    expectOk(rooms.tray.move('1.2.9', woman.id, { confirmMismatch: true }, 'li'))
    expect(claimed(woman.id)).toEqual(['1.2.9'])
  })

  test('on which a later one stands is not undone before that one', () => {
    const [first, second, third] = [rooms.imaged(), expectOk(rooms.register()), expectOk(rooms.register())]
    expectOk(rooms.tray.move(first.studyInstanceUid, second.id, {}, 'li'))
    const early = newest().id
    expectOk(rooms.tray.move(first.studyInstanceUid, third.id, {}, 'li'))
    expect(codeOf(rooms.tray.undo(early, 'li'))).toBe('MOVE-STANDS')
    expect(rooms.tray.moves(second.id).map((move) => move.mayUndo)).toEqual([true, false])
    expectOk(rooms.tray.undo(newest().id, 'li'))
    expectOk(rooms.tray.undo(early, 'li'))
    expect(claimed(first.id)).toEqual([first.studyInstanceUid])
  })

  test('is not undone once something was sent for the new exam, or the old one is cancelled', () => {
    const { id } = rooms.addDestination(pacs())
    const [from, to] = [rooms.imaged(), expectOk(rooms.register())]
    expectOk(rooms.tray.move(from.studyInstanceUid, to.id, {}, 'li'))
    const move = newest().id
    expectOk(rooms.exams.cancel(from.id, '未到', 'li'))
    expect(codeOf(rooms.tray.undo(move, 'li'))).toBe('MOVE-STANDS')
    deliverAll(id)
    expect(newest().mayUndo).toBe(false)
  })

  test('leaves nothing when what follows from it cannot be written', () => {
    const [from, to] = [rooms.imaged(), expectOk(rooms.register())]
    const before = [claims(), rooms.count('study_move'), rooms.count('audit')]
    rooms.breakFollowUp(new Error('power cut'))
    expect(() => rooms.tray.move(from.studyInstanceUid, to.id, {}, 'li')).toThrow('power cut')
    expect(() => rooms.tray.merge(to.id, from.id, '重复', 'li')).toThrow('power cut')
    expect([claims(), rooms.count('study_move'), rooms.count('audit')]).toEqual(before)
  })
})

describe('an exam that was registered twice', () => {
  test('goes over with all its studies, is cancelled with a reason that names the other, and comes back whole', () => {
    const kept = rooms.imaged()
    const doubled = rooms.imaged()
    rooms.receive({ studyInstanceUid: '1.2.7' })
    expectOk(rooms.tray.attach('1.2.7', doubled.id, false, 'li'))
    const before = [claims(), exams()]
    expectOk(rooms.tray.merge(kept.id, doubled.id, '登记了两次', 'li'))
    expect(claimed(kept.id).sort()).toEqual([kept.studyInstanceUid, doubled.studyInstanceUid, '1.2.7'].sort())
    expect(rooms.exams.read(doubled.id)?.exam.cancelled).toMatchObject({
      by: 'li',
      reason: `并入检查 ${kept.accessionNumber}：登记了两次`,
      reasonInEnglish: `Merged into the exam ${kept.accessionNumber}: 登记了两次`,
    })
    for (const id of [kept.id, doubled.id]) expect(actions(id)).toContain('merge-exam')
    expect(newest()).toMatchObject({ kind: 'merge', fromExamId: doubled.id, toExamId: kept.id, mayUndo: true })
    expectOk(rooms.tray.undo(newest().id, 'wang'))
    expect([claims(), exams()]).toEqual(before)
    expect(
      rooms.tray
        .moves(doubled.id)
        .filter((move) => move.kind === 'merge')
        .every((move) => move.undoneAt),
    ).toBe(true)
  })

  test('without images is only cancelled, and comes back too', () => {
    const [kept, doubled] = [rooms.imaged(), expectOk(rooms.register())]
    expectOk(rooms.tray.merge(kept.id, doubled.id, '登记了两次', 'li'))
    expect(rooms.exams.read(doubled.id)?.exam.cancelled).toBeDefined()
    expectOk(rooms.tray.undo(newest().id, 'li'))
    expect(rooms.exams.read(doubled.id)?.exam.cancelled).toBeUndefined()
  })

  test('is not undone once anything of its images was sent', () => {
    const { id } = rooms.addDestination(pacs())
    const [kept, doubled] = [expectOk(rooms.register()), rooms.imaged()]
    expectOk(rooms.tray.merge(kept.id, doubled.id, '重复', 'li'))
    deliverAll(id)
    expect(codeOf(rooms.tray.undo(newest().id, 'li'))).toBe('MOVE-STANDS')
  })

  test('is refused for another person, with a report on its way, after something was sent, cancelled, or for itself', () => {
    const kept = rooms.imaged()
    const merge = (id: string) => codeOf(rooms.tray.merge(kept.id, id, '重复', 'li'))
    expect(merge(rooms.imaged(1, { birthDate: '1988-03-06' }).id)).toBe('MERGE-OTHER-PERSON')
    expect(merge(rooms.imaged(1, { name: '张玮' }).id)).toBe('MERGE-OTHER-PERSON')
    const identity = () => ({ identity: { kind: 'resident', number: residentNumber() } })
    const one = rooms.imaged(1, identity())
    expect(codeOf(rooms.tray.merge(one.id, rooms.imaged(1, identity()).id, '重复', 'li'))).toBe('MERGE-OTHER-PERSON')
    const reported = rooms.imaged()
    rooms.release(reported)
    expect(merge(reported.id)).toBe('EXAM-HAS-REPORT')
    const { id } = rooms.addDestination(pacs())
    const sent = rooms.imaged()
    deliverAll(id)
    expect(merge(sent.id)).toBe('MERGE-SENT')
    const cancelled = expectOk(rooms.register())
    expectOk(rooms.exams.cancel(cancelled.id, '未到', 'li'))
    expect(merge(cancelled.id)).toBe('EXAM-CANCELLED')
    expect(merge(kept.id)).toBe('MERGE-SAME')
    expect(merge('nobody')).toBe('NOT-FOUND')
  })
})

describe('images on which a report was written, and of which nothing was sent', () => {
  test('leave their exam only when it was said that they may, and a draft does not ask', () => {
    const [from, to] = [rooms.imaged(), expectOk(rooms.register())]
    const uid = from.studyInstanceUid
    const move = (options: object) => codeOf(rooms.tray.move(uid, to.id, options, 'li'))
    expectOk(rooms.reports.save(from, reportDraftSchema.parse({ findings: '右肺结节' }), account('wang', 'doctor')))
    expectOk(rooms.tray.detach(uid, {}, 'li'))
    expectOk(rooms.tray.undo(newest().id, 'li'))
    rooms.release(from)
    expect(move({})).toBe('STUDY-REPORTED')
    expect(codeOf(rooms.tray.detach(uid, {}, 'li'))).toBe('STUDY-REPORTED')
    expect(claimed(from.id)).toEqual([uid])
    expect(move({ confirmReport: true })).toBe('ok')
    expect([claimed(from.id), claimed(to.id)]).toEqual([[], [uid]])
    // Back under the report is no second loss; away from it again is asked anew.
    expect(newest()).toMatchObject({ kind: 'move', mayUndo: true })
    expectOk(rooms.tray.undo(newest().id, 'li'))
    expect(move({})).toBe('STUDY-REPORTED')
  })

  test('are not taken back by undoing how they came there', () => {
    const exam = rooms.imaged()
    expect(newest()).toMatchObject({ kind: 'attach', mayUndo: true })
    rooms.release(exam)
    expect(newest()).toMatchObject({ kind: 'attach', mayUndo: false })
    expect(codeOf(rooms.tray.undo(newest().id, 'li'))).toBe('MOVE-STANDS')
  })
})

describe('images that were sent for the wrong exam', () => {
  test('are moved only as a correction with a reason', () => {
    const { id } = rooms.addDestination(pacs())
    const [from, to] = [rooms.imaged(), expectOk(rooms.register())]
    deliverAll(id)
    const move = (options: object) => codeOf(rooms.tray.move(from.studyInstanceUid, to.id, options, 'li'))
    expect(move({})).toBe('STUDY-SENT')
    expect(move({ asCorrection: true })).toBe('CORRECTION-REASON')
    expect(codeOf(rooms.tray.detach(from.studyInstanceUid, { reason: '', asCorrection: true }, 'li'))).toBe(
      'CORRECTION-REASON',
    )
    expect(move({ asCorrection: true, reason: '患者弄错' })).toBe('ok')
    expect(newest()).toMatchObject({ kind: 'move', mayUndo: false })
    const [alarm] = rooms.tray.corrections.alarms()
    expect(alarm).toMatchObject({ code: 'CORRECTION-TELL', examId: from.id, studyInstanceUid: from.studyInstanceUid })
    expect(saidInBoth(alarm!, ['区域PACS'])).toContain('区域PACS')
    const [correction] = rooms.tray.corrections.ofExam(from.id)
    expect(correction).toMatchObject({ toExamId: to.id, destinationId: id, retractionId: null, doneAt: null })
    expectOk(rooms.tray.corrections.done(from.id, correction!.id, 'li'))
    expect(rooms.tray.corrections.alarms()).toEqual([])
  })

  test('at AIMIS: a deletion by two, then the right exam gets them, and what remains of the wrong one is told again', () => {
    const { id } = rooms.addDestination(aimis())
    const wrong = rooms.imaged(1)
    rooms.receive({ studyInstanceUid: '1.2.7' })
    expectOk(rooms.tray.attach('1.2.7', wrong.id, false, 'li'))
    rooms.advance(61_000)
    rooms.tray.settle()
    const right = expectOk(rooms.register({ name: '李娜', sex: 'F' }))
    deliverAll(id)
    expectOk(rooms.tray.move('1.2.7', right.id, { asCorrection: true, reason: '拍错人' }, 'wang'))
    const [retraction] = rooms.retractions.ofExam(wrong.id)
    expect(retraction).toMatchObject({ state: 'proposed', proposedBy: 'wang', thenTellAgain: true })
    // The right exam is told, its image is not: it stands under the wrong one there.
    expect(deliverAll(id)).not.toContain(`image ${last(right)}`)
    expect(
      rooms.outbox
        .ofExam(right.id)
        .filter((task) => task.step === 'image')
        .map((task) => task.state),
    ).toEqual(['waiting'])
    expect(codeOf(rooms.retractions.confirm(wrong.id, retraction!.id, 'wang'))).toBe('RETRACTION-OWN')
    expectOk(rooms.retractions.confirm(wrong.id, retraction!.id, 'li'))
    const steps = deliverAll(id)
    expect(steps[0]).toBe(`study-delete ${last(wrong)}`)
    expect(steps.slice(1).sort()).toEqual(
      [
        `study-qr ${last(wrong)}`,
        `study ${last(wrong)}`,
        `image ${last(wrong)}`,
        `reconcile ${last(wrong)}`,
        `image ${last(right)}`,
        `reconcile ${last(right)}`,
      ].sort(),
    )
    // Nothing is told twice for nothing.
    rooms.outbox.followUp(wrong.id)
    rooms.outbox.followUp(right.id)
    expect(deliverAll(id)).toEqual([])
    // A second correction of the same exam is another deletion.
    expectOk(
      rooms.tray.move(
        wrong.studyInstanceUid,
        right.id,
        { asCorrection: true, reason: '也是她的', confirmMismatch: true },
        'wang',
      ),
    )
    expect(rooms.retractions.ofExam(wrong.id).map((one) => one.state)).toContain('proposed')
  })

  test('at AIMIS, where the deletion is withdrawn: the right exam’s images wait no longer', () => {
    const { id } = rooms.addDestination(aimis())
    const [wrong, right] = [rooms.imaged(), expectOk(rooms.register())]
    deliverAll(id)
    expectOk(rooms.tray.move(wrong.studyInstanceUid, right.id, { asCorrection: true, reason: '患者弄错' }, 'wang'))
    expect(deliverAll(id)).not.toContain(`image ${last(right)}`)
    expectOk(rooms.retractions.withdraw(wrong.id, rooms.retractions.ofExam(wrong.id)[0]!.id, 'li'))
    expect(deliverAll(id)).toContain(`image ${last(right)}`)
  })

  test('at the provincial cloud: no recall, so the desk asks for a letter until it was written', () => {
    const { id } = rooms.addDestination(jilin({ holdMinutes: 0 }))
    const wrong = rooms.imaged()
    rooms.release(wrong)
    deliverAll(id)
    expectOk(rooms.tray.detach(wrong.studyInstanceUid, { reason: '拍错人', asCorrection: true }, 'wang'))
    expect(rooms.tray.list()).toHaveLength(1)
    expect(rooms.retractions.ofExam(wrong.id)).toEqual([])
    const [alarm] = rooms.tray.corrections.alarms()
    expect(alarm).toMatchObject({ code: 'CORRECTION-LETTER', examId: wrong.id })
    expect(saidInBoth(alarm!, [rooms.destinations.all()[0]!.name])).toContain('更正函')
    rooms.tray.corrections.letterWritten(wrong.id, id, 'wang')
    expect(rooms.tray.corrections.alarms()).toEqual([])
    expect(rooms.tray.corrections.ofExam(wrong.id)[0]?.doneAt).toBe(rooms.clock())
  })
})

test('whatever was moved and merged, undone from the last to the first, stands as it stood before', () => {
  const registered = [rooms.imaged(), rooms.imaged(), expectOk(rooms.register()), expectOk(rooms.register())]
  const uids = [registered[0]!.studyInstanceUid, registered[1]!.studyInstanceUid, '1.2.7']
  rooms.receive({ studyInstanceUid: '1.2.7' })
  const start = [claims(), exams()]
  const step = fc.record({
    kind: fc.constantFrom('attach', 'detach', 'move', 'move', 'merge'),
    study: fc.nat(uids.length - 1),
    exam: fc.nat(registered.length - 1),
    from: fc.nat(registered.length - 1),
  })
  const done: Record<string, number> = {}
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
      const made: string[] = []
      for (const { kind, study, exam, from } of steps) {
        const [uid, to] = [uids[study]!, registered[exam]!.id]
        const before = newest().id
        const outcome =
          kind === 'attach'
            ? rooms.tray.attach(uid, to, true, 'li')
            : kind === 'detach'
              ? rooms.tray.detach(uid, { reason: '' }, 'li')
              : kind === 'move'
                ? rooms.tray.move(uid, to, { confirmMismatch: true }, 'li')
                : rooms.tray.merge(to, registered[from]!.id, '重复', 'li')
        if (!outcome.ok || newest().id === before) continue
        done[kind] = (done[kind] ?? 0) + 1
        made.push(newest().id)
      }
      for (const id of made.reverse()) expectOk(rooms.tray.undo(id, 'li'))
      expect([claims(), exams()]).toEqual(start)
    }),
    { numRuns: 60 },
  )
  for (const kind of ['attach', 'detach', 'move', 'merge']) expect(done[kind], kind).toBeGreaterThan(5)
})
