import { createLog } from '../../electron/station/log.ts'
import { createAimisLookups } from '../../electron/station/uploads/aimis-lookups.ts'
import { createCloudClients } from '../../electron/station/uploads/cloud-clients.ts'
import { createLookups } from '../../electron/station/uploads/lookups.ts'
import { type SimulatedAimis, startSimulatedAimis } from '../../electron/training/simulated-aimis.ts'
import { type SimulatedJilin, startSimulatedJilin } from '../../electron/training/simulated-jilin.ts'
import { createAimisClient } from '../../shared/clouds/aimis/client.ts'
import { aimisCountsOf, mapReportAdd, mapStudyAdd } from '../../shared/clouds/aimis/map-exam.ts'
import { createHttpTransport } from '../../shared/clouds/http-transport.ts'
import { createJilinClient } from '../../shared/clouds/jilin/client.ts'
import { mapPatientExam } from '../../shared/clouds/jilin/map-exam.ts'
import { mapProject } from '../../shared/clouds/jilin/map-project.ts'
import { fileInMemory } from '../../shared/clouds/jilin/upload-form.ts'
import type { Destination } from '../../shared/models/destination.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import { exampleDossier } from '../clouds/example-dossier.ts'
import { aimis, expectOk, jilin, openRooms, registration } from '../db/rooms-for-tests.ts'
import { aimisAccount } from '../stand-ins/clinic-at-clouds.ts'
import { memoryTokens } from '../uploads/delivery-bench.ts'

export const person = { username: 'li', displayName: '李医生', doctorCode: '0301' }

/** The example's person, as this station registers her. */
export const samePerson = {
  name: '王秀英',
  sex: 'F',
  birthDate: '1949-12-31',
  identity: { kind: 'resident', number: '11010519491231002X' },
  phone: '13800138000',
}

/** What another hospital has told the cloud of her, two days before the test's morning. */
export const elsewhere: ExamDossier = { ...exampleDossier, studyDateTime: '2026-11-19 10:04:30' }

export type LookupBench = Awaited<ReturnType<typeof openLookups>>

/** The rooms, two provincial clouds and AIMIS, with the lookups wired as the station wires them. */
export async function openLookups(
  options: {
    readonly folder?: string
    readonly jilin?: Record<string, unknown>
    readonly edition?: '2023' | '2025'
    readonly patienceMs?: number
  } = {},
) {
  const rooms = await openRooms(options.folder)
  const { clock } = rooms
  const sm2 = options.jilin?.sm2 as Parameters<typeof startSimulatedJilin>[0]['sm2']
  const platform = await startSimulatedJilin({ uid: 'clinic', appSecret: 'secret', clock, ...(sm2 && { sm2 }) })
  const other = await startSimulatedJilin({ uid: 'clinic', appSecret: 'secret', clock })
  const { edition = '2025' } = options
  const tencent = await startSimulatedAimis({ ...aimisAccount, clock, edition })
  const settingsOf = (cloud: SimulatedJilin) => ({
    baseUrl: cloud.url,
    appSecret: 'secret',
    sm2PublicKey: cloud.sm2PublicKey,
    holdMinutes: 0,
  })
  const known = rooms.destinations.all()
  const province = known[0] ?? rooms.addDestination(jilin({ ...settingsOf(platform), ...options.jilin }))
  const city = known[1] ?? rooms.addDestination({ ...jilin(settingsOf(other)), name: '市平台' })
  const gateway = { gatewayUrl: tencent.url, serviceUrl: tencent.url, hospitalId: 'H1', unionId: 'U1', edition }
  const tencentCloud = known[2] ?? rooms.addDestination(aimis(gateway))
  const logged: string[] = []
  const log = createLog({ write: (line) => logged.push(line) })
  const tokens = new Map<string, ReturnType<typeof memoryTokens>>()
  const tokenStore = (id: string) => tokens.get(id) ?? tokens.set(id, memoryTokens()).get(id)!
  const clients = createCloudClients({
    clock,
    tokenStore,
    timeouts: { http: { connectMs: 500, headersMs: (options.patienceMs ?? 1000) + 500 } },
  })
  const deps = {
    db: rooms.db,
    clock,
    log,
    audit: rooms.audit.record,
    clients,
    destinations: rooms.destinations.all,
    readDossier: rooms.readDossier,
    patienceMs: options.patienceMs ?? 1000,
  }
  return {
    rooms,
    clients,
    platform,
    other,
    tencent,
    province: province as Extract<Destination, { kind: 'jilin' }>,
    city: city as Extract<Destination, { kind: 'jilin' }>,
    tencentCloud: tencentCloud as Extract<Destination, { kind: 'aimis' }>,
    logged,
    lookups: createLookups({
      ...deps,
      department: () => rooms.settings.read().lookups.department,
      institutions: rooms.settings.institutions,
      mac: () => 'AA-BB-CC-DD-EE-FF',
      addTask: rooms.outbox.add,
    }),
    aimisLookups: createAimisLookups(deps),
    /** An exam of the same person at this station; its id. */
    register: (patient: Record<string, unknown> = {}, exam: Record<string, unknown> = {}): string =>
      expectOk(rooms.exams.register(registration({ ...samePerson, ...patient }, exam), 'nurse')).id,
    async close() {
      await Promise.all([platform.stop(), other.stop(), tencent.stop()])
      rooms.close()
    },
  }
}

/** Another hospital tells a provincial cloud of an exam; the cloud's id of it. `pdf`: its report too. */
export async function tellElsewhere(
  cloud: SimulatedJilin,
  { settings }: Extract<Destination, { kind: 'jilin' }>,
  dossier: ExamDossier = elsewhere,
  pdf?: Buffer,
): Promise<string> {
  const client = createJilinClient({
    settings: { ...settings, baseUrl: cloud.url, sm2PublicKey: cloud.sm2PublicKey, appSecret: 'secret' },
    tokens: memoryTokens(),
    transport: createHttpTransport({ clock: Date.now }),
    clock: Date.now,
  })
  const { hospitalCode } = dossier.institution
  const told = await client.savePatientExam(mapPatientExam(dossier))
  if (told.kind !== 'done') throw new Error(JSON.stringify(told))
  const accessNumber = dossier.exam.accessionNumber
  if (pdf) await client.saveExamPdf({ hospitalCode, accessNumber, pdf: fileInMemory(pdf) })
  return told.value.examId
}

/** An item of this station stands for a standard item, as the provincial cloud wants it before it looks for duplicates. */
export async function mapItem(bench: LookupBench, code = 'DR001'): Promise<void> {
  const standardProjects = [{ standardProjectCode: 'S1', standardProjectName: '胸部' }]
  const item = { code, name: '胸部正位', modality: 'DR' as const, standardProjects }
  const outcome = await bench.clients.jilin(bench.province).projectContrast(mapProject('220100001', item))
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome))
}

/** The example's exam reaches AIMIS, by whatever gateway. */
export async function tellAimis(cloud: SimulatedAimis, clock: () => number): Promise<void> {
  const settings = { gatewayUrl: cloud.url, ...aimisAccount, signatureEncoding: 'hex' as const }
  const client = createAimisClient({ settings, transport: createHttpTransport({ clock }), clock })
  const outcomes = [
    await client.studyAdd(mapStudyAdd(elsewhere, 'final', aimisCountsOf(elsewhere, false))),
    await client.reportAdd(mapReportAdd(elsewhere)),
  ]
  if (outcomes.some((one) => one.kind !== 'done')) throw new Error(JSON.stringify(outcomes))
}
