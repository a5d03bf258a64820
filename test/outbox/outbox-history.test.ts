import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDatabase } from '../../electron/station/db/open-database.ts'
import { createEvents } from '../../electron/station/events.ts'
import { createOutbox } from '../../electron/station/outbox/outbox.ts'
import { planDeliveries } from '../../electron/station/outbox/plan-deliveries.ts'
import { createAuditLog } from '../../electron/station/people/audit-log.ts'
import type { CloudOutcome } from '../../shared/clouds/cloud-outcome.ts'
import type { Destination } from '../../shared/models/destination.ts'
import { examSchema } from '../../shared/models/exam.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import { type OutboxTask, outboxTransitions } from '../../shared/models/outbox-task.ts'
import { patientSchema } from '../../shared/models/patient.ts'
import { reportVersionSchema } from '../../shared/models/report.ts'
import { aimis, instanceFacts, jilin, morning, pacs } from '../db/rooms-for-tests.ts'

// Random lives of an outbox: exams change, requests leave, answers come or are lost, the power fails, people press buttons.

const destinations: readonly Destination[] = [aimis(), jilin(), pacs()].map((input) => ({
  ...input,
  id: input.kind,
  paused: undefined,
}))
const reason = {
  code: 'X',
  message: '没有成功',
  action: '稍后重试',
  english: 'It did not work',
  englishAction: 'Try again',
}
const exams = ['exam-a', 'exam-b'] as const
const names = ['张伟', '张玮'] as const

type Step =
  | { readonly do: 'name'; readonly exam: number; readonly name: number }
  | {
      readonly do: 'image' | 'settle' | 'release' | 'amend' | 'cancel-exam' | 'follow-up'
      readonly exam: number
    }
  | { readonly do: 'send-now' | 'record'; readonly exam: number; readonly to: number }
  | { readonly do: 'send'; readonly to: number; readonly most: number }
  | { readonly do: 'answer'; readonly which: number; readonly outcome: number }
  | { readonly do: 'power-cut' }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'retry' | 'cancel'; readonly which: number }
  | { readonly do: 'settings'; readonly to: number }

const index = fc.nat(1)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('name' as const), exam: index, name: index }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'image' as const,
        'settle' as const,
        'settle' as const,
        'release' as const,
        'amend' as const,
        'follow-up' as const,
      ),
      exam: index,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel-exam' as const), exam: fc.constant(1) }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('send' as const), to: fc.nat(2), most: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(9), outcome: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'power-cut' as const }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('retry' as const, 'cancel' as const), which: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settings' as const), to: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('send-now' as const, 'record' as const), exam: index, to: fc.nat(1) }),
  },
)

const outcomes: readonly CloudOutcome[] = [
  { kind: 'done', value: { id: '1' } },
  { kind: 'done', value: {} },
  { kind: 'done', value: {} },
  { kind: 'done', value: {} },
  { kind: 'retry', reason },
  { kind: 'retry', reason, maybeReceived: true },
  { kind: 'wait-until', until: morning + 3600_000, reason },
  { kind: 'fix-exam', reason },
  { kind: 'fix-settings', reason },
  { kind: 'unknown', reason },
]

/** A record of what staff did, or a deletion: it says something that no newer content makes untrue. */
const recordOf = (to: number, number: number) => ({
  step: to === 0 ? ('study-delete' as const) : ('call-record' as const),
  subject: `record-${number}`,
  payload: { number },
})

async function openOutbox() {
  let now = morning
  const clock = () => now
  const db = await openDatabase(':memory:')
  db.pragma('foreign_keys = OFF') // exams live in memory here
  db.exec(`
    create temp table moved (from_state text, to_state text);
    create temp trigger note_moves after update of state on outbox_task when old.state <> new.state
      begin insert into moved values (old.state, new.state); end;
    create temp trigger no_delete before delete on outbox_task begin select raise(abort, 'a task was deleted'); end;`)
  const dossiers = new Map<string, ExamDossier>(exams.map((id) => [id, dossierOf(id)]))
  const audit = createAuditLog(db, clock)
  const outbox = createOutbox({
    db,
    clock,
    audit,
    events: createEvents(),
    destinations: () => destinations,
    readDossier: (id) => dossiers.get(id),
  })
  return {
    db,
    outbox,
    dossiers,
    clock,
    advance(minutes: number) {
      now += minutes * 60_000
    },
    moves: db.prepare<[], { from_state: string; to_state: string }>('select * from moved'),
    all: () => exams.flatMap((id) => outbox.ofExam(id)),
    /** How many records were added. */
    records: 0,
    /** How often each record arrived for certain. */
    arrivals: new Map<string, number>(),
  }
}

function dossierOf(id: string): ExamDossier {
  return {
    institution: { id: 'i', name: '晨光', hospitalCode: '2201', hospitalId: '', unionId: '', phone: '' },
    patient: patientSchema.parse({
      id: 'p',
      patientId: 'P1',
      name: '张伟',
      namePinyin: 'ZHANG WEI',
      sex: 'M',
      birthDate: '1988-03-05',
    }),
    exam: examSchema.parse({
      id,
      institutionId: 'i',
      patientRowId: 'p',
      accessionNumber: id,
      studyInstanceUid: `2.25.${id.length}`,
      registeredAt: morning,
      registeredBy: 'r',
      scheduledAt: morning,
      modality: 'DR',
      itemCode: 'DR001',
      itemName: '胸部正位',
    }),
    report: undefined,
    instances: [],
    settledAt: undefined,
    studyDateTime: '',
    delivered: [],
  }
}

type World = Awaited<ReturnType<typeof openOutbox>>
const keyOf = (task: OutboxTask) =>
  `${task.destinationId}/${task.step}/${task.subject}/${task.step === 'project' ? '' : task.examId}`
const open: readonly string[] = ['waiting', 'sending', 'sent-unconfirmed', 'blocked']

/** Before → after, from the two protocols. '*': every one of that step. */
const before: Readonly<Record<string, readonly string[]>> = {
  'aimis/image': ['study'],
  'aimis/report': ['study'],
  'aimis/reconcile': ['study', 'image'],
  'jilin/index': ['project'],
  'jilin/film-url': ['index'],
  'jilin/report-pdf': ['film-url'],
  'jilin/image': ['index'],
}

/** The content that an exam wants to be told now, by key. */
function wantedNow(world: World, examId: string): Map<string, string> {
  const dossier = world.dossiers.get(examId)!
  return new Map(
    destinations.flatMap((destination) =>
      planDeliveries(dossier, destination, world.clock()).map((task) => [
        `${destination.id}/${task.step}/${task.subject}/${task.step === 'project' ? '' : examId}`,
        task.version,
      ]),
    ),
  )
}
/** A content that is told a second time has its own row: 'abc~2'. */
const contentOf = (version: string | undefined) => version?.split('~')[0]

function sendSome(world: World, to: string, most: number): OutboxTask[] {
  const chosen = world.outbox.ready(to).slice(0, most)
  for (const task of chosen) {
    expect(['waiting', 'sent-unconfirmed']).toContain(task.state)
    expect(task.nextAttemptAt).toBeLessThanOrEqual(world.clock())
    const others = world.all().filter((other) => other.destinationId === to)
    for (const needed of before[`${to}/${task.step}`] ?? []) {
      const found = others.filter(
        (other) => other.step === needed && (needed === 'project' || other.examId === task.examId),
      )
      expect(
        found
          .filter((other) => open.includes(other.state))
          .map((other) => `${task.step} before ${other.step} ${other.state}`),
      ).toEqual([])
      if (needed !== 'image')
        expect(
          found.some((other) => other.state === 'delivered'),
          `${task.step} before ${needed}`,
        ).toBe(true)
    }
    const wanted = wantedNow(world, task.examId).get(keyOf(task))
    // What is shared by exams may still be wanted by another one.
    if (task.payload === null && task.step !== 'project')
      expect(wanted, `${keyOf(task)}: nobody wants it any more`).toBeDefined()
    if (wanted !== undefined && task.step !== 'project')
      expect(contentOf(task.version), `${keyOf(task)}: older content is sent after newer was written`).toBe(wanted)
  }
  world.outbox.begin(chosen.map((task) => task.id))
  const sending = world.all().filter((task) => task.state === 'sending')
  expect(new Set(sending.map(keyOf)).size, 'one thing is being sent twice at once').toBe(sending.length)
  return chosen
}

function take(world: World, action: Step, told: Map<string, string>): void {
  const { outbox } = world
  const examId = 'exam' in action ? exams[action.exam]! : exams[0]
  const change = (changes: Partial<ExamDossier>) => {
    const dossier = world.dossiers.get(examId)!
    world.dossiers.set(examId, { ...dossier, ...changes })
    world.db.transaction(() => outbox.followUp(examId))()
  }
  const dossier = world.dossiers.get(examId)!
  switch (action.do) {
    case 'name':
      change({ patient: { ...dossier.patient, name: names[action.name]! } })
      return
    case 'image': {
      if (dossier.instances.length > 2) return
      const id = `${examId}-${dossier.instances.length}`
      change({ instances: [...dossier.instances, instanceFacts({ id, versionId: id })], settledAt: undefined })
      return
    }
    case 'settle':
      change({ settledAt: world.clock() })
      return
    case 'amend':
      if (dossier.report) change({ isAmending: true })
      return
    case 'release': {
      const version = (dossier.report?.version ?? 0) + 1
      change({
        isAmending: false,
        report: reportVersionSchema.parse({
          examId,
          version,
          state: 'released',
          writtenAt: morning,
          writtenBy: 'w',
          releasedAt: world.clock(),
        }),
      })
      return
    }
    case 'cancel-exam':
      change({ exam: { ...dossier.exam, cancelled: { at: world.clock(), by: 'x', reason: 'x' } } })
      return
    case 'follow-up':
      change({})
      return
    case 'send':
      sendSome(world, destinations[action.to]!.id, action.most)
      return
    case 'answer': {
      const sending = world.all().filter((task) => task.state === 'sending')
      const task = sending[action.which % (sending.length || 1)]
      if (task) finish(world, task, outcomes[action.outcome]!, told)
      return
    }
    case 'power-cut': {
      const sending = world.all().filter((task) => task.state === 'sending')
      expect(outbox.recover()).toBe(sending.length)
      // What may have arrived is verified, never simply sent as if it were new.
      for (const task of sending) expect(['sent-unconfirmed', 'cancelled']).toContain(outbox.get(task.id)?.state)
      return
    }
    case 'wait':
      world.advance(action.minutes)
      return
    case 'send-now': {
      const { id } = destinations[action.to]!
      const waiting = () => world.all().filter((task) => task.state === 'waiting' && task.nextAttemptAt > world.clock())
      const before = waiting().filter((task) => task.examId === examId && task.destinationId === id && !task.attempts)
      expect(outbox.sendNow(examId, id, 'li'), 'send now').toBeGreaterThanOrEqual(before.length)
      const left = new Set(waiting().map((task) => task.id))
      for (const task of before) expect(left.has(task.id), `${task.step} is still held`).toBe(false)
      return
    }
    case 'record':
      outbox.add(examId, destinations[action.to]!.id, recordOf(action.to, world.records++))
      return
    case 'retry':
    case 'cancel': {
      const all = world.all()
      const task = all[action.which % (all.length || 1)]
      if (!task) return
      const isRecord = task.payload !== null
      // What newer content replaced stays replaced, whoever asks for it.
      const isReplaced = task.reasonCode === 'SUPERSEDED'
      if (action.do === 'retry') {
        const outcome = outbox.retry(task.id, 'li')
        if (isReplaced) expect(outcome.ok, 'replaced content was put back').toBe(false)
      } else if (!isReplaced && !isRecord) outbox.cancel(task.id, '不再需要', 'li')
      return
    }
    case 'settings':
      outbox.settingsChanged(destinations[action.to]!.id)
      return
  }
}

function finish(world: World, task: OutboxTask, outcome: CloudOutcome, told: Map<string, string>): void {
  world.outbox.finish(task.id, outcome)
  if (outcome.kind !== 'done') return
  told.set(keyOf(task), task.version)
  if (task.payload !== null) world.arrivals.set(task.subject, (world.arrivals.get(task.subject) ?? 0) + 1)
}

/** Everybody repairs everything and every answer is good: then the receiving side must hold the exam as it is. */
function bringToAnEnd(world: World, told: Map<string, string>): void {
  world.outbox.recover()
  for (let round = 0; round < 60; round++) {
    world.advance(60)
    for (const id of exams) world.db.transaction(() => world.outbox.followUp(id))()
    for (const task of world.all()) if (task.state === 'blocked') world.outbox.retry(task.id, 'li')
    let sent = 0
    for (const destination of destinations) {
      const tasks = sendSome(world, destination.id, 5)
      sent += tasks.length
      for (const task of tasks) finish(world, task, outcomes[0]!, told)
    }
    if (sent === 0 && !world.all().some((task) => open.includes(task.state) && task.state !== 'waiting')) return
  }
}

test('in any history no task disappears, nothing is sent twice, out of order or outdated, and in the end all is told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 70 }), fc.boolean(), async (all, mayCancel) => {
      const history = all.filter((action) => action.do !== 'cancel' || mayCancel)
      const world = await openOutbox()
      try {
        const told = new Map<string, string>()
        const delivered = new Map<string, OutboxTask>()
        let known = new Set<string>()
        for (const id of exams) world.db.transaction(() => world.outbox.followUp(id))()
        const check = () => {
          const tasks = new Map(world.all().map((task) => [task.id, task]))
          for (const id of known) expect(tasks.has(id)).toBe(true)
          known = new Set(tasks.keys())
          for (const [id, was] of delivered) expect(tasks.get(id), 'a delivered task changed').toEqual(was)
          for (const task of tasks.values()) {
            if (task.state === 'delivered') delivered.set(task.id, task)
            if (task.state === 'blocked') expect(task.reason && task.action && task.reasonCode).toBeTruthy()
            if (task.payload !== null) expect(task.reasonCode, 'a record gave way').not.toBe('SUPERSEDED')
          }
        }
        for (const action of history) {
          take(world, action, told)
          check()
        }
        const someoneSaidNo = world.all().some((task) => task.reasonCode === 'BY-PERSON')
        bringToAnEnd(world, told)
        check()
        expect(world.arrivals.size, 'records that arrived').toBe(world.records)
        for (const [subject, times] of world.arrivals) expect(times, subject).toBe(1)
        for (const { from_state, to_state } of world.moves.all())
          expect(outboxTransitions[from_state as keyof typeof outboxTransitions], from_state).toContain(to_state)
        if (someoneSaidNo) return
        for (const id of exams)
          for (const [key, version] of wantedNow(world, id))
            if (!key.includes('/project/'))
              expect(contentOf(told.get(key)), `${key} was not told at last`).toBe(version)
      } finally {
        world.db.close()
      }
    }),
    { numRuns: 200 },
  )
}, 120_000)

test('a name corrected and corrected back is told each time: the receiving side ends with the right one', async () => {
  const world = await openOutbox()
  const told = new Map<string, string>()
  const deliverAll = () => bringToAnEnd(world, told)
  take(world, { do: 'image', exam: 0 }, told)
  take(world, { do: 'settle', exam: 0 }, told)
  deliverAll()
  const first = contentOf(told.get('aimis/study//exam-a'))
  take(world, { do: 'name', exam: 0, name: 1 }, told)
  deliverAll()
  expect(contentOf(told.get('aimis/study//exam-a'))).not.toBe(first)
  take(world, { do: 'name', exam: 0, name: 0 }, told)
  deliverAll()
  expect(contentOf(told.get('aimis/study//exam-a'))).toBe(first)
  world.db.close()
})

test('an attempt that failed is not tried again once newer content was written', async () => {
  const world = await openOutbox()
  const told = new Map<string, string>()
  take(world, { do: 'image', exam: 0 }, told)
  take(world, { do: 'settle', exam: 0 }, told)
  const [image] = sendSome(world, 'pacs', 1)
  take(world, { do: 'name', exam: 0, name: 1 }, told)
  expect(world.outbox.ready('pacs')).toEqual([])
  world.outbox.finish(image!.id, { kind: 'retry', reason, maybeReceived: true })
  const [newer] = sendSome(world, 'pacs', 1)
  expect(newer?.id).not.toBe(image?.id)
  finish(world, newer!, outcomes[0]!, told)
  world.advance(24 * 60)
  expect(world.outbox.ready('pacs')).toEqual([])
  world.db.close()
})
