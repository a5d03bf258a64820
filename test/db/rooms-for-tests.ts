import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Archive } from '../../electron/station/archive/archive.ts'
import { createStudyParts } from '../../electron/station/archive/study-parts.ts'
import { openDatabase } from '../../electron/station/db/open-database.ts'
import { createPrints } from '../../electron/station/documents/prints.ts'
import { createDossierReader } from '../../electron/station/dossier.ts'
import { createEvents, type StationEvent } from '../../electron/station/events.ts'
import { createBoardFacts } from '../../electron/station/exams/board-facts.ts'
import { createBoardSearch } from '../../electron/station/exams/board-search.ts'
import { createExams } from '../../electron/station/exams/exams.ts'
import { createTray } from '../../electron/station/exams/tray.ts'
import { createLog } from '../../electron/station/log.ts'
import { createOutbox } from '../../electron/station/outbox/outbox.ts'
import { createRetractions } from '../../electron/station/outbox/retractions.ts'
import { createAccounts } from '../../electron/station/people/accounts.ts'
import { createAuditLog } from '../../electron/station/people/audit-log.ts'
import { createSessions } from '../../electron/station/people/sessions.ts'
import { createReports } from '../../electron/station/reports/reports.ts'
import { createDestinations, createSealedState } from '../../electron/station/settings/destinations.ts'
import { createItemMappings } from '../../electron/station/settings/item-mappings.ts'
import { createSecretBox } from '../../electron/station/settings/secret-box.ts'
import { createSettings } from '../../electron/station/settings/settings.ts'
import type { Account, Role } from '../../shared/models/account.ts'
import { type DestinationInput, destinationInputSchema } from '../../shared/models/destination.ts'
import { type Exam, registrationSchema } from '../../shared/models/exam.ts'
import { reportDraftSchema } from '../../shared/models/report.ts'
import type { InstanceFacts, StudyHeader } from '../../shared/models/study.ts'
import type { Outcome } from '../../shared/problems/problem.ts'
import { checkCharacterOf } from '../../shared/text/identity-number.ts'
import { aimisToken } from '../stand-ins/clinic-at-clouds.ts'

export type Rooms = Awaited<ReturnType<typeof openRooms>>

export const morning = Date.parse('2026-11-21T09:30:00+08:00')

/** The value of an outcome that must be one. */
export function expectOk<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`refused: ${JSON.stringify(outcome.problem)}`)
}

/** The code with which something was refused, or 'ok'. */
export const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.problem.code)

/**
 * The rooms from exams to outbox, wired as the station wires them, on a real database in a temporary folder. Received objects are
 * facts in memory: the archive has tests of its own. Time stands still until a test moves it.
 */
export async function openRooms(folder = mkdtempSync(join(tmpdir(), 'yingzhan-rooms-'))) {
  let now = morning
  const clock = () => now
  const box = createSecretBox(Buffer.alloc(32, 7))
  const file = join(folder, 'station.db')
  const db = await openDatabase(file)
  const events = createEvents()
  const told: StationEvent[] = []
  events.watch((event) => told.push(event))
  const audit = createAuditLog(db, clock)
  const settings = createSettings(db, audit, events)
  const destinations = createDestinations(db, box, clock, audit, events)
  const itemMappings = createItemMappings(db, audit, events, settings.institutions, (institutionId, itemCode) => {
    for (const id of exams.ofItem(institutionId, itemCode)) outbox.followUp(id)
  })
  const accounts = createAccounts(db, clock, audit)
  const sessions = createSessions(db, clock, audit)

  const headers = new Map<string, StudyHeader>()
  const instances = new Map<string, InstanceFacts[]>()
  const archive = {
    studyHeader: (uid: string) => headers.get(uid),
    instancesOfStudy: (uid: string) => instances.get(uid) ?? [],
  } as unknown as Archive

  let followUpFails: Error | undefined
  const readDossier = createDossierReader(() => ({
    settings,
    itemMappings,
    archive,
    exams,
    tray,
    reports,
    outbox,
    retractions,
    prints,
    accounts,
  }))
  const prints = createPrints({ db, clock, audit, events })
  const outbox = createOutbox({ db, clock, audit, events, destinations: destinations.all, readDossier })
  const retractions = createRetractions({
    db,
    clock,
    audit,
    events,
    outbox,
    destination: destinations.get,
    withdrawn: (id, actor) => tray.corrections.deletionWithdrawn(id, actor),
  })
  const followUp = (examId: string) => {
    outbox.followUp(examId)
    if (followUpFails) throw followUpFails
  }
  const reports = createReports({ db, clock, audit, events, settings, followUp })
  const exams = createExams({ db, box, clock, audit, events, settings, followUp, reportState: reports.stateWords })
  const tray = createTray({
    db,
    clock,
    audit,
    events,
    settings,
    exams,
    followUp,
    studyHeader: archive.studyHeader,
    sentTo: (examId, uid) =>
      outbox.sentTo(
        examId,
        archive.instancesOfStudy(uid).map((instance) => instance.id),
      ),
    studyParts: createStudyParts({ db, fileOf: () => undefined, readAsOf: () => 'declared' }),
    wasTold: outbox.wasTold,
    reportState: reports.stateWords,
    destination: destinations.get,
    proposeDeletion: retractions.proposeCorrection,
  })
  const boardFacts = createBoardFacts(db, createLog({ write: () => {} }))
  const boardSearch = createBoardSearch(db)
  if (settings.institutions().length === 0)
    settings.saveInstitution(
      { name: '晨光门诊部', hospitalCode: '220100001', hospitalId: 'H1', unionId: 'U1', phone: '' },
      'station',
    )

  /** An object of a study comes in, as the archive tells it. */
  function receive(header: Partial<StudyHeader> & { readonly studyInstanceUid: string }): InstanceFacts {
    const uid = header.studyInstanceUid
    const kept = headers.get(uid) ?? studyHeader(header)
    headers.set(uid, kept)
    const number = (instances.get(uid)?.length ?? 0) + 1
    const instance = instanceFacts({ studyInstanceUid: uid, instanceNumber: number, receivedAt: now })
    instances.set(uid, [...(instances.get(uid) ?? []), instance])
    db.transaction(() => {
      const keptRow = 'insert into study values (?, ?, ?, ?) on conflict do nothing'
      db.prepare(keptRow).run(uid, JSON.stringify(kept), now, now)
      db.prepare('insert into instance values (?, ?, ?, ?, ?, ?, ?)').run(
        instance.id,
        instance.sopInstanceUid,
        uid,
        instance.seriesInstanceUid,
        instance.seriesNumber,
        instance.instanceNumber,
        `version-${instance.id}`,
      )
      tray.claim(kept, instance, 'ae:DR1', studyHeader({ ...kept, ...header }))
    })()
    return instance
  }

  return {
    folder,
    file,
    db,
    box,
    clock,
    events,
    told,
    audit,
    settings,
    destinations,
    sealedState: createSealedState(db, box),
    accounts,
    sessions,
    outbox,
    reports,
    exams,
    boardFacts,
    boardSearch,
    tray,
    retractions,
    prints,
    readDossier,
    receive,
    advance(milliseconds: number): void {
      now += milliseconds
    },
    /** From now on, whatever follows from a fact fails after its rows were written: power cut in the middle of a transaction. */
    breakFollowUp(error: Error | undefined): void {
      followUpFails = error
    },
    register(patient: Record<string, unknown> = {}, exam: Record<string, unknown> = {}) {
      return exams.register(registration(patient, exam), 'registrar')
    },
    /** Registered, imaged and settled. */
    imaged(count = 1, patient: Record<string, unknown> = {}, exam: Record<string, unknown> = {}): Exam {
      const registered = expectOk(exams.register(registration(patient, exam), 'registrar'))
      for (let i = 0; i < count; i++)
        receive({ studyInstanceUid: registered.studyInstanceUid, accessionNumber: registered.accessionNumber })
      now += 61_000
      tray.settle()
      return expectOk({ ok: true, value: exams.read(registered.id)!.exam })
    },
    /** Through all steps of a report, by a writer and an auditor. */
    release(exam: Exam, findings = '双肺纹理清晰。'): void {
      if (reports.newest(exam.id)?.state === 'released')
        expectOk(reports.take('amend', exam, 1, account('wang', 'doctor'), '补充'))
      expectOk(reports.save(exam, reportDraftSchema.parse({ findings }), account('wang', 'doctor')))
      expectOk(reports.take('submit', exam, 1, account('wang', 'doctor')))
      expectOk(reports.take('approve', exam, 1, account('li', 'auditor')))
      expectOk(reports.take('release', exam, 1, account('li', 'auditor')))
    },
    addDestination: (input: DestinationInput) => expectOk(destinations.create(input, 'admin')),
    count: (table: string): number => Number(db.prepare(`select count(*) from ${table}`).pluck().get()),
    close(): void {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function account(username: string, role: Role, displayName = username): Account {
  return { id: `id-${username}`, username, displayName, doctorCode: `D-${username}`, role, disabled: false }
}

let order = 100

/** A resident number with a right check character; each call gives another person. */
export function residentNumber(birthDate = '1988-03-05', sex: 'M' | 'F' = 'M', region = '220102'): string {
  order = order >= 990 ? 100 : order + 2
  const sequence = sex === 'M' ? order + 1 : order
  const digits = `${region}${birthDate.replaceAll('-', '')}${sequence}`
  return digits + checkCharacterOf(digits)
}

export function registration(patient: Record<string, unknown> = {}, exam: Record<string, unknown> = {}) {
  return registrationSchema.parse({
    patient: { name: '张伟', sex: 'M', birthDate: '1988-03-05', ...patient },
    exam: { modality: 'DR', bodyPart: '胸部', itemCode: 'DR001', itemName: '胸部正位', ...exam },
  })
}

export function studyHeader(part: Partial<StudyHeader> & { readonly studyInstanceUid: string }): StudyHeader {
  return {
    patientId: '',
    patientName: '',
    patientSex: '',
    patientBirthDate: '',
    accessionNumber: '',
    modality: 'DR',
    studyDateTime: '2026-11-21 09:31:00',
    studyDescription: '',
    bodyPart: '',
    requestedProcedureId: '',
    scheduledProcedureStepId: '',
    studyId: '',
    referringPhysician: '',
    patientAge: '',
    callingAeTitle: 'DR1',
    ...part,
  }
}

export function instanceFacts(part: Partial<InstanceFacts> = {}): InstanceFacts {
  const id = randomUUID()
  return {
    id,
    sopInstanceUid: `2.25.${BigInt(`0x${id.replaceAll('-', '')}`)}`,
    sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
    seriesInstanceUid: '2.25.7',
    studyInstanceUid: '2.25.1',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    modality: 'DR',
    seriesNumber: 1,
    seriesDescription: '',
    instanceNumber: 1,

    bodyPart: '',
    protocolName: '',
    laterality: '',
    rows: 16,
    columns: 16,
    numberOfFrames: 1,
    sizeBytes: 1024,
    versionId: randomUUID(),
    receivedAt: morning,
    ...part,
  }
}

export const jilinSecret = 'jilin-app-secret-9f8e7d'

export const aimis = (settings: Record<string, unknown> = {}): DestinationInput =>
  destinationInputSchema.parse({
    kind: 'aimis',
    name: '腾讯觅影',
    settings: {
      gatewayUrl: 'http://127.0.0.1:9',
      appId: 'app-1',
      token: aimisToken,
      hospitalId: 'H1',
      dicom: { aeTitle: 'AIMIS', host: '127.0.0.1', port: 104 },
      ...settings,
    },
  })

export const jilin = (settings: Record<string, unknown> = {}): DestinationInput =>
  destinationInputSchema.parse({
    kind: 'jilin',
    name: '省影像云',
    settings: {
      baseUrl: 'http://127.0.0.1:9',
      uid: 'clinic',
      appSecret: jilinSecret,
      sm2PublicKey: 'ab'.repeat(64),
      ...settings,
    },
  })

export const pacs = (name = '区域PACS'): DestinationInput =>
  destinationInputSchema.parse({
    kind: 'pacs',
    name,
    settings: { dicom: { aeTitle: 'PACS', host: '127.0.0.1', port: 104 } },
  })
