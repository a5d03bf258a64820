import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PerformedStepReport } from '../../electron/station/exams/decide-performed-step.ts'
import { createPerformedSteps } from '../../electron/station/exams/performed-steps.ts'
import { examStateOf } from '../../shared/models/exam-state.ts'
import type { OutboxTask } from '../../shared/models/outbox-task.ts'
import { reportDraftSchema } from '../../shared/models/report.ts'
import { account, aimis, expectOk, jilin, openRooms, pacs, type Rooms } from '../db/rooms-for-tests.ts'

const noReport: PerformedStepReport = {
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
const doctor = account('wang', 'doctor')
const auditor = account('li', 'auditor')

/** What a clinic does, in any order; what is refused changes nothing. `a` and `b` choose exams, studies, tasks. */
const operations = [
  'register',
  'change',
  'rename',
  'cancel',
  'receive',
  'receive-unknown',
  'settle',
  'attach',
  'detach',
  'move',
  'merge',
  'undo',
  'begin-step',
  'complete-step',
  'discontinue-step',
  'save',
  'submit',
  'return',
  'approve',
  'release',
  'amend',
  'deliver',
  'fail-delivery',
  'block-delivery',
  'begin-delivery',
  'recover',
  'retry',
  'cancel-delivery',
  'remove-destination',
  'look',
] as const
type Operation = { readonly kind: (typeof operations)[number]; readonly a: number; readonly b: number }
const operation = fc.record({
  kind: fc.constantFrom(...operations),
  a: fc.nat(30),
  b: fc.nat(30),
})

function createClinic(rooms: Rooms) {
  const { db, clock, audit, events, tray, exams, reports, outbox } = rooms
  const steps = createPerformedSteps({ db, clock, audit, events })
  const studies: string[] = []
  const stepUids: string[] = []
  let unknown = 0
  const examIds = () => db.prepare<[], string>('select id from exam order by rowid').pluck().all()
  const pick = <T>(from: readonly T[], index: number): T | undefined => from[index % Math.max(from.length, 1)]
  const exam = (index: number) => exams.read(pick(examIds(), index) ?? '')?.exam
  const task = (index: number, ...states: readonly OutboxTask['state'][]) =>
    pick(
      examIds().flatMap((id) => outbox.ofExam(id).filter((one) => states.includes(one.state))),
      index,
    )
  function receive(studyInstanceUid: string, accessionNumber: string): void {
    if (!studies.includes(studyInstanceUid)) studies.push(studyInstanceUid)
    rooms.receive({ studyInstanceUid, accessionNumber })
  }
  function finish(index: number, outcome: Parameters<typeof outbox.finish>[1]): void {
    const one = task(index, 'waiting', 'sent-unconfirmed')
    if (!one) return
    outbox.begin([one.id])
    outbox.finish(one.id, outcome)
  }
  const reason = {
    code: 'X-1',
    message: '缺手机号',
    action: '补上手机号',
    english: 'It did not work',
    englishAction: 'Try again',
  }

  function act({ kind, a, b }: Operation): void {
    const one = exam(a)
    const study = pick(studies, b) ?? ''
    const stepUid = pick(stepUids, b)
    switch (kind) {
      case 'register':
        expectOk(rooms.register({ name: pick(['张伟', '王芳'], a)! }, { modality: pick(['DR', 'CT'], b)! }))
        break
      case 'change':
        if (one)
          exams.change(one.id, { exam: { category: 'emergency', infectious: b % 2 === 0, modality: 'US' } }, 'li')
        break
      case 'rename':
        if (one) exams.change(one.id, { patient: { name: pick(['李强', '赵敏'], b)! } }, 'li')
        break
      case 'cancel':
        if (one) exams.cancel(one.id, '未到', 'li')
        break
      case 'receive':
        if (one) receive(b % 3 === 0 ? study || one.studyInstanceUid : one.studyInstanceUid, one.accessionNumber)
        break
      case 'receive-unknown':
        receive(`2.25.9${unknown++}`, '')
        break
      case 'settle':
        rooms.advance(61_000)
        tray.settle()
        break
      case 'attach':
        if (one) tray.attach(study, one.id, true, 'li')
        break
      case 'detach':
        tray.detach(study, { reason: '看错', asCorrection: true, confirmReport: b % 2 === 0 }, 'li')
        break
      case 'move':
        if (one)
          tray.move(
            study,
            one.id,
            { confirmMismatch: true, asCorrection: true, confirmReport: b % 2 === 0, reason: '传错' },
            'li',
          )
        break
      case 'merge':
        if (one) tray.merge(one.id, exam(b)?.id ?? '', '重复登记', 'li')
        break
      case 'undo':
        tray.undo(tray.moves()[0]?.id ?? '', 'li')
        break
      case 'begin-step': {
        if (!one) break
        const uid = `2.25.7${stepUids.length}`
        stepUids.push(uid)
        const { patientId } = exams.read(one.id)!.patient
        const reference = {
          studyInstanceUid: b % 2 === 0 ? one.studyInstanceUid : study,
          accessionNumber: one.accessionNumber,
          requestedProcedureId: '',
          scheduledStepId: '',
        }
        steps.create(uid, { ...noReport, status: 'IN PROGRESS', patientId, references: [reference] }, 'DR1')
        break
      }
      case 'complete-step':
        if (stepUid) steps.change(stepUid, { ...noReport, status: 'COMPLETED' }, 'DR1')
        break
      case 'discontinue-step':
        if (stepUid) steps.change(stepUid, { ...noReport, status: 'DISCONTINUED' }, 'DR1')
        break
      case 'save':
        if (one)
          reports.save(
            one,
            reportDraftSchema.parse({ findings: 'x', positive: 'positive', critical: b % 2 === 0 }),
            doctor,
          )
        break
      case 'submit':
        if (one) reports.take('submit', one, 1, doctor)
        break
      case 'return':
        if (one) reports.take('return', one, 1, auditor, '再看')
        break
      case 'approve':
      case 'release':
        if (one) reports.take(kind, one, 1, auditor)
        break
      case 'amend':
        if (one) reports.take('amend', one, 1, doctor, '补充')
        break
      case 'deliver':
        finish(a, { kind: 'done', value: {} })
        break
      case 'fail-delivery':
        finish(a, { kind: 'retry', reason })
        break
      case 'block-delivery':
        finish(a, { kind: 'fix-exam', reason })
        break
      case 'begin-delivery': {
        const waiting = task(a, 'waiting')
        if (waiting) outbox.begin([waiting.id])
        break
      }
      case 'recover':
        outbox.recover()
        break
      case 'retry':
        outbox.retry(task(a, 'blocked', 'waiting')?.id ?? '', 'li')
        break
      case 'cancel-delivery':
        outbox.cancel(task(a, 'waiting', 'blocked')?.id ?? '', '不传', 'li')
        break
      case 'remove-destination':
        // Seldom: it would leave nothing to do for the others.
        if (a === 0) outbox.destinationRemoved(pick(rooms.destinations.all(), b)?.id ?? '')
        break
      case 'look':
        break
    }
  }

  /** The same facts, asked of the rooms one by one. */
  function fromScratch(id: string) {
    const { exam, patient } = exams.read(id)!
    const instances = rooms.readDossier(id)!.instances
    const report = reports.newest(id)
    const isPerformed = steps.isPerformed(id)
    const open = outbox.ofExam(id).filter((one) => !['delivered', 'cancelled'].includes(one.state))
    return {
      state: examStateOf({
        cancelled: exam.cancelled !== undefined,
        imageCount: instances.length,
        isPerformed,
        report: report?.state,
        amending: (report?.version ?? 1) > 1,
      }),
      imageCount: instances.length,
      seriesCount: new Set(instances.map((one) => one.seriesInstanceUid)).size,
      isExamined: instances.length > 0 || isPerformed,
      version: report?.version,
      isFound: [patient.name, exam.accessionNumber, patient.patientId].map((word) => word.toLowerCase()),
      modality: exam.modality,
      lamps: Object.fromEntries(
        rooms.destinations.all().map(({ id: destination }) => [destination, lampOf(id, destination)]),
      ),
      deadlineAt: open.reduce<number | null>(
        (least, one) => (one.deadlineAt === null ? least : Math.min(least ?? one.deadlineAt, one.deadlineAt)),
        null,
      ),
    }
  }

  function lampOf(id: string, destination: string): string {
    const tasks = outbox
      .ofExam(id)
      .filter((one) => one.destinationId === destination && !(one.step === 'study-qr' && one.state === 'delivered'))
    const has = (...states: readonly string[]) => tasks.some((one) => states.includes(one.state))
    if (has('blocked')) return 'blocked'
    if (has('sending')) return 'sending'
    if (has('waiting', 'sent-unconfirmed')) return 'waiting'
    return has('delivered') ? 'delivered' : 'none'
  }

  function asKept(id: string) {
    const fact = rooms.boardFacts.read(id)
    if (!fact) return undefined
    const { search, modality } = db.prepare('select search, modality from exam_fact where exam_id = ?').get(id) as {
      search: string
      modality: string
    }
    const scratch = fromScratch(id)
    return {
      state: fact.state,
      imageCount: fact.imageCount,
      seriesCount: fact.seriesCount,
      isExamined: fact.examinedAt !== null,
      version: fact.report?.version,
      isFound: scratch.isFound.filter((word) => search.includes(word)),
      modality,
      lamps: Object.fromEntries(
        rooms.destinations
          .all()
          .map((one) => [one.id, fact.lamps.find((lamp) => lamp.destinationId === one.id)?.lamp ?? 'none']),
      ),
      deadlineAt: fact.deadlineAt,
    }
  }

  return { act, examIds, fromScratch, asKept }
}

/** One exam from its registration to an amended report, looked at after each step; whatever chance does, these states are seen. */
const wholeWay: Operation[] = (['receive', 'save', 'submit', 'approve', 'release', 'amend'] as const).flatMap(
  (kind) => [
    { kind, a: 0, b: 1 },
    { kind: 'look', a: 0, b: 0 },
  ],
)

test('whatever is done in whatever order, the board says what the rooms say', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 10, maxLength: 60 }), async (chosen) => {
      const rooms = await openRooms()
      try {
        for (const destination of [aimis(), jilin({ holdMinutes: 0 }), pacs()]) rooms.addDestination(destination)
        const clinic = createClinic(rooms)
        clinic.act({ kind: 'register', a: 0, b: 0 })
        clinic.act({ kind: 'register', a: 1, b: 1 })
        for (const [index, one] of [...chosen, { kind: 'look', a: 0, b: 0 } as const].entries()) {
          rooms.advance(1000)
          clinic.act(one)
          if (one.kind !== 'look' && index % 7 !== 0) continue
          await rooms.boardFacts.upToDate()
          for (const id of clinic.examIds()) {
            expect(clinic.asKept(id)).toEqual(clinic.fromScratch(id))
            seen.add(rooms.boardFacts.read(id)!.state)
          }
        }
      } finally {
        rooms.close()
      }
    }),
    { numRuns: 40, examples: [[wholeWay]] },
  )
  expect(seen.size).toBeGreaterThan(5)
}, 120_000)

test('a lamp tells why, what to do, and which task; the counts that are not compared yet are told apart', async () => {
  const rooms = await openRooms()
  try {
    const { id } = rooms.addDestination(aimis())
    const exam = rooms.imaged()
    rooms.release(exam)
    const finish = (step: string, outcome: Parameters<typeof rooms.outbox.finish>[1]) => {
      const task = rooms.outbox.ofExam(exam.id).find((one) => one.step === step && one.state === 'waiting')!
      rooms.outbox.begin([task.id])
      rooms.outbox.finish(task.id, outcome)
      return task
    }
    const inEnglish = { english: 'The phone number is missing', englishAction: 'Add it' }
    const reason = { code: 'FIELD-PHONE', message: '缺手机号', action: '补上手机号', ...inEnglish }
    const lamps = () => rooms.boardFacts.now(exam.id)!.lamps
    const blocked = finish('study', { kind: 'fix-exam', reason })
    expect(lamps()).toEqual([
      {
        destinationId: id,
        lamp: 'blocked',
        taskId: blocked.id,
        reason: '缺手机号',
        reasonInEnglish: 'The phone number is missing',
        action: '补上手机号',
        actionInEnglish: 'Add it',
        code: 'FIELD-PHONE',
      },
    ])
    expectOk(rooms.outbox.retry(blocked.id, 'li'))
    for (const step of ['study-qr', 'study', 'image', 'report']) finish(step, { kind: 'done', value: {} })
    expect(lamps()).toEqual([{ destinationId: id, lamp: 'waiting', taskId: expect.any(String), isComparing: true }])
    finish('reconcile', { kind: 'done', value: {} })
    expect(lamps()).toEqual([{ destinationId: id, lamp: 'delivered' }])
  } finally {
    rooms.close()
  }
})

test('a step that goes with a merged exam comes back with it, and leaves the exam that it was merged into', async () => {
  const rooms = await openRooms()
  try {
    const steps = createPerformedSteps(rooms)
    const [kept, doubled] = [expectOk(rooms.register()), expectOk(rooms.register())]
    const references = [
      { studyInstanceUid: '', accessionNumber: doubled.accessionNumber, requestedProcedureId: '', scheduledStepId: '' },
    ]
    steps.create('2.25.7', { ...noReport, status: 'IN PROGRESS', references }, 'DR1')
    const states = async () => {
      await rooms.boardFacts.upToDate()
      return [kept, doubled].map((exam) => rooms.boardFacts.read(exam.id)?.state)
    }
    expect(await states()).toEqual(['registered', 'in-progress'])
    expectOk(rooms.tray.merge(kept.id, doubled.id, '重复登记', 'li'))
    expect(await states()).toEqual(['in-progress', 'cancelled'])
    expectOk(rooms.tray.undo(rooms.tray.moves()[0]!.id, 'li'))
    expect(await states()).toEqual(['registered', 'in-progress'])
  } finally {
    rooms.close()
  }
})

test('a database without rows of the board, as an earlier version leaves it, gets them at the start', async () => {
  const rooms = await openRooms()
  try {
    const exams = Array.from({ length: 230 }, () => expectOk(rooms.register()).id)
    rooms.db.exec('delete from exam_fact; delete from exam_fact_stale')
    rooms.boardFacts.start()
    await rooms.boardFacts.upToDate()
    expect(rooms.boardSearch.find({ page: 1, pageSize: 50 }).total).toBe(exams.length)
    expect(rooms.count('exam_fact_stale')).toBe(0)
  } finally {
    rooms.close()
  }
})

test('an exam that is amended before all of it had arrived is not called delivered, and is once its release arrived', async () => {
  const rooms = await openRooms()
  try {
    const { id } = rooms.addDestination(jilin())
    const exam = rooms.imaged()
    rooms.release(exam)
    const finishNext = () => {
      // Beyond the minutes that a release is held.
      rooms.advance(3600_000)
      const [task] = rooms.outbox.ready(id)
      if (!task) return undefined
      rooms.outbox.begin([task.id])
      rooms.outbox.finish(task.id, { kind: 'done', value: {} })
      return task.step
    }
    const light = () => rooms.boardFacts.now(exam.id)!.lamps.map(({ lamp }) => lamp)
    expect(finishNext()).toBe('project')
    expect(light()).toEqual(['waiting'])
    expectOk(rooms.reports.take('amend', exam, 1, account('wang', 'doctor'), '补充'))
    expect(rooms.outbox.ofExam(exam.id).map(({ state }) => state)).toContain('cancelled')
    expect(light()).toEqual([])
    rooms.release(exam)
    while (finishNext());
    expect(light()).toEqual(['delivered'])
  } finally {
    rooms.close()
  }
})
