import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createLog } from '../../electron/station/log.ts'
import { createScheduler } from '../../electron/station/outbox/scheduler.ts'
import { createAskCloud } from '../../electron/station/uploads/ask-within.ts'
import { outcomeOfAssociationFailure, outcomeOfStoreStatus } from '../../electron/station/uploads/c-store-outcome.ts'
import type { CoercedElement } from '../../electron/station/uploads/coerce-copy.ts'
import { createJilinDelivery } from '../../electron/station/uploads/deliver-to-jilin.ts'
import { createPacsDelivery } from '../../electron/station/uploads/deliver-to-pacs.ts'
import { askerOf } from '../../electron/station/uploads/lookup-asker.ts'
import { failedQuestion, notThere, wordsOfFailedQuestion } from '../../electron/station/uploads/lookup-words.ts'
import { stowImages } from '../../electron/station/uploads/stow-images.ts'
import { outcomeOfStoredInstance, readStowResult } from '../../electron/station/uploads/stow-outcome.ts'
import { notThisStep } from '../../electron/station/uploads/task-outcomes.ts'
import {
  cannotWriteReason,
  copyReason,
  correctionKeptReason,
  notAcceptedReason,
} from '../../electron/station/uploads/upload-reasons.ts'
import type { CloudOutcome, CloudReason } from '../../shared/clouds/cloud-outcome.ts'
import type { HttpResult } from '../../shared/clouds/http-transport.ts'
import type { AssociationFailure } from '../../shared/dicom/dicom-association.ts'
import { jilinSettingsSchema } from '../../shared/models/destination.ts'
import { problems } from '../../shared/problems/catalogue.ts'
import { describeProblem } from '../../shared/problems/problem.ts'
import { jilinAccount } from '../clouds/every-call.ts'
import { openRooms, pacs } from '../db/rooms-for-tests.ts'
import { expectBoth, saidInBoth } from '../problems/said-in-both.ts'
import { completeDossier, createBench, deliveredBefore, taskOf } from './delivery-bench.ts'

type Why<Kind extends 'unreachable' | 'lost'> = Extract<AssociationFailure, { readonly kind: Kind }>['why']

/** Asked for completeness by the compiler. */
const copies: Readonly<Record<Parameters<typeof copyReason>[0], true>> = {
  'COPY-FILE-MISSING': true,
  'COPY-FILE-UNREADABLE': true,
  'COPY-FILE-ALTERED': true,
  'IMAGE-NOT-OF-EXAM': true,
  'COPY-HEADER-UNREADABLE': true,
}
const elements: Readonly<Record<CoercedElement, true>> = {
  SpecificCharacterSet: true,
  AccessionNumber: true,
  PatientName: true,
  PatientID: true,
  PatientBirthDate: true,
  PatientSex: true,
  StudyInstanceUID: true,
}
const unreachable: Readonly<Record<Why<'unreachable'>, true>> = {
  refused: true,
  'name-not-found': true,
  timeout: true,
  'no-route': true,
}
const lost: Readonly<Record<Why<'lost'>, true>> = { closed: true, silent: true, 'not-dicom': true, aborted: true }

/** PS3.4 B.2.3, first and last of each range, and what of PS3.7 annex C is no success or warning. */
const refusals = [
  ...[0xa700, 0xa7ff, 0xa900, 0xa9ff, 0xc000, 0xcfff],
  ...[0x0105, 0x0106, 0x0110, 0x0112, 0x0113, 0x0114, 0x0115, 0x0117, 0x0118, 0x0119],
  ...[0x0120, 0x0121, 0x0122, 0x0123, 0x0124, 0x0210, 0x0211, 0x0212, 0x0213],
]
/** PS3.8 table 9-21: source and reason. */
const rejections = [
  [1, 1],
  [1, 2],
  [1, 3],
  [1, 7],
  [2, 1],
  [2, 2],
  [3, 1],
  [3, 2],
] as const

/** What the other side says, of the words that are let through. */
const theySaid = '参数格式错误'
const peer = { aeTitle: 'PACS', host: '10.0.0.9', port: 104 }
const doctor = { username: 'qian', displayName: '钱远', doctorCode: 'D1' }
const log = createLog({ write: () => undefined })

type Told = { readonly reason: CloudReason; readonly names: readonly string[] }
const told: Told[] = []
let bench: ReturnType<typeof createBench>

function keep(outcome: CloudOutcome | undefined, ...names: readonly string[]): void {
  if (!outcome || outcome.kind === 'done') throw new Error('This was to fail')
  told.push({ reason: outcome.reason, names })
}
const keepReason = (reason: CloudReason) => told.push({ reason, names: [] })

function ofCopies(): void {
  for (const code of Object.keys(copies)) keepReason(copyReason(code as keyof typeof copies))
  for (const element of Object.keys(elements)) keepReason(cannotWriteReason(element as CoercedElement))
  for (const compressed of [true, false]) keepReason(notAcceptedReason(compressed))
  keepReason(correctionKeptReason)
}

function ofDicom(): void {
  for (const status of refusals) {
    for (const comment of ['', theySaid]) keep(outcomeOfStoreStatus(status, comment, {}), theySaid)
  }
  const failing = (failure: AssociationFailure) => keep(outcomeOfAssociationFailure(failure, peer, 'YINGZHAN', true))
  for (const why of Object.keys(unreachable)) failing({ kind: 'unreachable', why: why as Why<'unreachable'> })
  for (const why of Object.keys(lost)) failing({ kind: 'lost', why: why as Why<'lost'> })
  for (const result of [1, 2]) {
    for (const [source, reason] of rejections) failing({ kind: 'rejected', rejection: { result, source, reason } })
  }
}

const answered = (status: number, body = '', contentType = 'application/dicom+json'): HttpResult => ({
  kind: 'answered',
  status,
  contentType,
  body: Buffer.from(body),
  clockOffsetMs: 0,
})

async function ofDicomWeb(): Promise<void> {
  const results = [302, 401, 403, 404, 405, 406, 415, 429, 500, 503].map((status) => answered(status))
  const page = answered(200, '<html></html>', 'text/html')
  for (const result of [...results, page, answered(200, '{"cut')]) {
    const read = readStowResult(result)
    keep(read.kind === 'failed' ? read.failure : undefined)
  }
  for (const status of [202, 400, 409]) {
    const read = readStowResult(answered(status))
    keep(read.kind === 'answered' ? outcomeOfStoredInstance('1.2.3', read, false) : undefined)
  }
  for (const reason of [0, 0xc122, 0x0122, 0xa700]) {
    const answer = { stored: new Map(), failed: new Map([['1.2.3', reason]]) }
    keep(outcomeOfStoredInstance('1.2.3', { kind: 'answered', status: 409, answer }, true))
  }
  const image = bench.image(1)
  const task = taskOf('image', image.id)
  const caller = { dicomWebUrl: 'http://pacs.invalid/rs', transport: async () => answered(413) }
  keep((await stowImages(bench.deps, caller, [task], { ...completeDossier, instances: [image] })).get(task.id))
}

async function ofDeliveries(): Promise<void> {
  const head = { id: 'destination-1', enabled: true, paused: undefined }
  const image = taskOf('image', 'instance-1')
  keep(
    await createPacsDelivery(bench.deps).deliver(image, completeDossier, {
      ...head,
      name: 'PACS',
      kind: 'pacs',
      settings: {},
    }),
  )
  keep(notThisStep('study'))

  const key = { baseUrl: 'http://cloud.invalid', sm2PublicKey: '0'.repeat(128) }
  const platform = {
    ...head,
    name: '省云',
    kind: 'jilin',
    settings: jilinSettingsSchema.parse({ ...jilinAccount, ...key }),
  } as const
  const unreported = { ...completeDossier, report: undefined }
  const filmed = deliveredBefore(completeDossier, 'film-url', { url: 'http://film.invalid' })
  for (const kind of ['no-report', 'too-large'] as const) {
    const delivery = createJilinDelivery({
      ...bench.deps,
      clients: bench.clients,
      documents: { reportPdf: async () => ({ kind }) },
    })
    keep(await delivery.deliver(taskOf('report-pdf'), filmed, platform))
    keep(await delivery.deliver(taskOf('index'), unreported, platform))
    for (const step of ['film-url', 'report-pdf'] as const)
      keep(await delivery.deliver(taskOf(step), completeDossier, platform))
  }
}

/** What the outbox keeps of a delivery that never said what became of it. */
async function ofScheduler(): Promise<void> {
  const rooms = await openRooms()
  const scheduler = createScheduler({
    outbox: rooms.outbox,
    destinations: rooms.destinations.all,
    pauseDestination: rooms.destinations.pause,
    readDossier: rooms.readDossier,
    deliver: async () => new Map(),
    events: rooms.events,
    clock: rooms.clock,
    log,
  })
  try {
    rooms.addDestination(pacs())
    rooms.imaged()
    const isLost = () => rooms.outbox.list().find((task) => task.reasonCode === 'DELIVERY-LOST')
    scheduler.start()
    await vi.waitFor(() => expect(isLost()).toBeDefined(), { timeout: 20_000 })
    const { reasonCode, reason, reasonInEnglish, action, actionInEnglish } = isLost()!
    keepReason({
      code: reasonCode ?? '',
      message: reason ?? '',
      action: action ?? '',
      english: reasonInEnglish ?? '',
      englishAction: actionInEnglish ?? '',
    })
  } finally {
    await scheduler.stop(0, () => undefined)
    rooms.close()
  }
}

const failing = (kind: 'retry' | 'fix-exam' | 'fix-settings' | 'unknown', reason: CloudReason) =>
  wordsOfFailedQuestion({ kind, reason })

async function ofQuestions(): Promise<void> {
  const people = [
    { ...doctor, doctorCode: '' },
    { ...doctor, doctorCode: '12345678901' },
    { ...doctor, displayName: '买买提·艾合买提' },
  ]
  for (const person of people) {
    const asked = askerOf(person, completeDossier, { code: '1', name: '放射科' }, '')
    if (asked.kind === 'refused') keepReason(asked.reason)
  }
  keepReason(notThere)
  keep(await createAskCloud(log, 1)('silence', () => new Promise<never>(() => undefined)))
  keep(await createAskCloud(log)('a bug', () => Promise.reject(new Error('a bug'))))
  const reason = notAcceptedReason(false)
  for (const kind of ['retry', 'fix-exam', 'fix-settings', 'unknown'] as const) keepReason(failing(kind, reason))
  keepReason(wordsOfFailedQuestion({ kind: 'wait-until', until: 0, reason }))
}

beforeAll(async () => {
  bench = createBench()
  ofCopies()
  ofDicom()
  await ofDicomWeb()
  await ofDeliveries()
  await ofScheduler()
  await ofQuestions()
}, 60_000)
afterAll(() => bench.stop())

test('every reason of an upload and of a question says what happened and what to do in both languages', () => {
  expect(told.length).toBeGreaterThan(120)
  const untold = told.filter(({ reason }) => !reason.english || !reason.englishAction)
  expect(untold.map(({ reason }) => reason.code)).toEqual([])
  for (const { reason, names } of told) {
    expectBoth(reason, names)
    for (const text of [reason.english, reason.englishAction]) {
      const ours = names.reduce((rest, name) => rest.replaceAll(name, ''), text)
      expect(ours).not.toMatch(/\.$|[：；，。、（）]/)
    }
  }
})

test('what the other side said stands in both sentences as it came', () => {
  const outcome = outcomeOfStoreStatus(0x0110, theySaid, {})
  expect(outcome).toMatchObject({
    reason: {
      message: `接收方回答：处理失败（0x0110）：${theySaid}`,
      english: `The other side answered: it could not process the image (0x0110): ${theySaid}`,
    },
  })
})

test('a question that failed is a problem in sentences, with its code, and speaks of asking again', () => {
  for (const { reason, names } of told) {
    const outcome = failedQuestion(reason)
    if (outcome.ok) throw new Error('This was to fail')
    saidInBoth(outcome.problem, names)
    const { english, englishAction } = describeProblem(outcome.problem)
    expect(english.endsWith(` (${reason.code}).`)).toBe(true)
    expect(englishAction).toMatch(/[^.]\.$/)
    const ofCloud = { ...reason, ...notAcceptedReason(false) }
    for (const kind of ['retry', 'fix-exam', 'unknown'] as const) {
      expect(failing(kind, ofCloud).englishAction).toMatch(/ask again/i)
      expect(failing(kind, ofCloud).englishAction).not.toMatch(/Retry|by itself/)
    }
  }
})

const uploads = fileURLToPath(new URL('../../electron/station/uploads/', import.meta.url))
const sources = [...readdirSync(uploads).map((name) => `${uploads}${name}`), `${uploads}../outbox/scheduler.ts`]
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ name: path.slice(uploads.length), source: readFileSync(path, 'utf8') }))

test('every code of a reason that the sources name was met here', () => {
  const written = sources.flatMap(({ source }) =>
    [...source.matchAll(/\bcode: '([A-Z][A-Z0-9]*-[A-Z0-9-]+)'/g)].map((found) => found[1] ?? ''),
  )
  const ofReasons = [...new Set(written)].filter((code) => !Object.hasOwn(problems, code))
  expect(ofReasons.length).toBeGreaterThan(10)
  const met = new Set(told.map(({ reason }) => reason.code))
  expect(ofReasons.filter((code) => !met.has(code))).toEqual([])
})

test('no reason is written with a Chinese action alone', () => {
  const count = (source: string, pattern: RegExp) => (source.match(pattern) ?? []).length
  for (const { name, source } of sources) {
    // Not the audit log's own `action`.
    const chinese = count(source, /\baction:\s(?!'[a-z-]+'|kind |BothWords)/g)
    expect([name, count(source, /\benglishAction:\s/g)]).toEqual([name, chinese])
  }
})
