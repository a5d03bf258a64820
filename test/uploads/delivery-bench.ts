import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import dimse from 'dcmjs-dimse'
import { createLog } from '../../electron/station/log.ts'
import type { AuditEntry } from '../../electron/station/people/audit-log.ts'
import { createCloudClients } from '../../electron/station/uploads/cloud-clients.ts'
import type { DeliveryDeps, StoredDataSet } from '../../electron/station/uploads/delivery.ts'
import type { TokenRecord, TokenStore } from '../../shared/clouds/jilin/token.ts'
import type { DeliveredStep, ExamDossier } from '../../shared/models/exam-dossier.ts'
import { type DeliveryStep, noReason, type OutboxTask } from '../../shared/models/outbox-task.ts'
import type { InstanceFacts } from '../../shared/models/study.ts'
import { exampleDossier, tenInTheMorning } from '../clouds/example-dossier.ts'
import { dataSet, imageElements, type Syntax, syntaxes } from './synthetic-data-set.ts'

// The simulated gateway's library tells every message of every association.
dimse.log.setLevel('silent')

export const now = tenInTheMorning
export const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7'

/** Everything about an exam that both clouds accept; images are made with `bench.image`. */
export const completeDossier: ExamDossier = { ...exampleDossier, instances: [] }

/** The station around a delivery: images on the disk, the audit log, what the log said. */
export function createBench() {
  const folder = mkdtempSync(join(tmpdir(), 'uploads-'))
  const stored = new Map<string, StoredDataSet>()
  const audit: AuditEntry[] = []
  const logged: string[] = []
  const deps: DeliveryDeps = {
    clock: Date.now,
    dataSetOf: (id) => stored.get(id),
    stationAeTitle: 'YINGZHAN',
    audit: (entry) => audit.push(entry),
    log: createLog({ write: (line) => logged.push(line) }),
    timeouts: {
      association: { connectMs: 2000, associateMs: 2000, stallMs: 2000, responseMs: 3000 },
      http: { connectMs: 2000, headersMs: 3000, noProgressMs: 3000, answerMs: 3000 },
    },
  }
  return {
    deps,
    clients: createCloudClients({ ...deps, tokenStore: () => memoryTokens() }),
    audit,
    logged,
    stored,
    /** An image as a device made it: another patient's values in its header, the station's AccessionNumber missing. */
    image(number: number, syntax: Syntax = 'explicit'): InstanceFacts {
      const sopInstanceUid = `1.2.3.${number}`
      const elements = imageElements(syntax, [{ tag: 0x00080018, vr: 'UI', value: sopInstanceUid }])
      const bytes = dataSet(elements, syntax)
      const path = join(folder, `${number}.bin`)
      writeFileSync(path, bytes)
      const id = `instance-${number}`
      stored.set(id, {
        path,
        offset: 0,
        length: bytes.length,
        transferSyntaxUid: syntaxes[syntax],
        crc32: crc32(bytes),
      })
      return {
        id,
        sopInstanceUid,
        sopClassUid: secondaryCapture,
        seriesInstanceUid: '1.2.3.4.5.6',
        studyInstanceUid: '1.2.3.4.5',
        transferSyntaxUid: syntaxes[syntax],
        modality: 'OT',
        seriesNumber: 1,
        seriesDescription: '',
        instanceNumber: number,

        bodyPart: '',
        protocolName: '',
        laterality: '',
        rows: 2,
        columns: 4,
        numberOfFrames: 1,
        sizeBytes: bytes.length,
        versionId: `version-${number}`,
        receivedAt: now,
      }
    },
    /** The file of an image is not as it came any more. */
    rot(id: string): void {
      const { path } = stored.get(id)!
      const bytes = readFileSync(path)
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
      writeFileSync(path, bytes)
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function taskOf(step: DeliveryStep, subject = '', state: OutboxTask['state'] = 'sending'): OutboxTask {
  return {
    id: `task-${step}-${subject}`,
    examId: 'exam-1',
    destinationId: 'destination-1',
    step,
    subject,
    version: '1',
    state,
    attempts: 1,
    nextAttemptAt: now,
    deadlineAt: null,
    ...noReason,
    result: null,
    payload: null,
    createdAt: now,
    updatedAt: now,
  }
}

export function deliveredBefore(dossier: ExamDossier, step: DeliveryStep, result: unknown, subject = ''): ExamDossier {
  const one: DeliveredStep = { destinationId: 'destination-1', step, subject, version: '1', result, at: now }
  return { ...dossier, delivered: [...dossier.delivered, one] }
}

/** A token's place that forgets with the test. */
export function memoryTokens(): TokenStore {
  let kept: TokenRecord | undefined
  return {
    read: () => kept,
    write: (record) => {
      kept = record
    },
  }
}
