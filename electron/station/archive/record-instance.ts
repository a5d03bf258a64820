import { randomUUID } from 'node:crypto'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import { asItIs, filling, inBoth } from '../../../shared/problems/both-words.ts'
import type { Actor } from '../people/audit-log.ts'
import type { ArchiveParts } from './archive-parts.ts'
import type { ArchiveSql } from './archive-sql.ts'
import type { CharacterSetFindings } from './character-set-findings.ts'
import type { Comparison } from './compare-bytes.ts'
import { decideVersion, type VersionDecision } from './decide-version.ts'
import type { AcceptedObject } from './judge-object.ts'
import type { Kept } from './store-outcome.ts'

/** Bytes that are on the disk for good and wait for their row. */
export type PlacedFile = {
  readonly versionId: string
  /** Below the archive's folder. */
  readonly file: string
  readonly dataSetOffset: number
  readonly sizeBytes: number
  readonly crc32: number
  readonly transferSyntaxUid: string
  readonly receivedAt: number
}

export type RecordParts = Pick<ArchiveParts, 'audit' | 'onStored'> & {
  readonly sql: ArchiveSql
  readonly characterSets: Pick<CharacterSetFindings, 'add' | 'isBeingReadAgain'>
}

/**
 * The rows of one received object, its audit row and what the exams room adds. The caller holds the transaction. Nothing is written
 * where bytes must be compared first.
 */
export function recordInstance(
  { sql, audit, onStored, characterSets }: RecordParts,
  object: AcceptedObject,
  placed: PlacedFile,
  actor: Actor,
  compared: ReadonlyMap<string, Comparison>,
): Kept | Extract<VersionDecision, { kind: 'compare' }> {
  const decision = decideVersion(sql.versionsOf(object.sopInstanceUid), placed, compared)
  if (decision.kind === 'compare') return decision
  const details = {
    sopInstanceUid: object.sopInstanceUid,
    studyInstanceUid: object.study.studyInstanceUid,
    crc32: placed.crc32,
    sizeBytes: placed.sizeBytes,
    ...(object.madeUids.length > 0 && { madeHere: object.madeUids }),
  }
  const row = {
    id: placed.versionId,
    crc32: placed.crc32,
    size_bytes: placed.sizeBytes,
    transfer_syntax_uid: placed.transferSyntaxUid,
    file: placed.file,
    data_set_offset: placed.dataSetOffset,
    calling_ae_title: object.study.callingAeTitle,
    received_at: placed.receivedAt,
    header: JSON.stringify(object.header),
  }
  if (object.suspicion && decision.kind !== 'already-had') {
    characterSets.add(object.study.callingAeTitle, object.suspicion)
  }
  const isCutShort = object.isCutShort ? ({ isCutShort: true } as const) : {}
  if (object.isCutShort && decision.kind !== 'already-had') {
    sql.raiseAlarm({
      kind: 'incomplete',
      subject: placed.versionId,
      problem: { code: 'ARCHIVE-CUT-SHORT', with: toldOf(object) },
      raisedAt: placed.receivedAt,
    })
  }
  switch (decision.kind) {
    case 'new-instance': {
      const id = randomUUID()
      const study = sql.keepStudy(object.study, placed.receivedAt)
      sql.addInstance(id, object.sopInstanceUid, study.studyInstanceUid, object.header, placed.versionId)
      sql.addVersion({ ...row, instance_id: id, conflict: 0 })
      const instance: InstanceFacts = {
        ...object.header,
        id,
        sopInstanceUid: object.sopInstanceUid,
        studyInstanceUid: study.studyInstanceUid,
        transferSyntaxUid: placed.transferSyntaxUid,
        sizeBytes: placed.sizeBytes,
        versionId: placed.versionId,
        receivedAt: placed.receivedAt,
      }
      audit.record({ actor, action: 'store-instance', subjectKind: 'instance', subjectId: id, details })
      // A garbled header of the same study must not look like another person while it waits to be read again.
      const isStale = characterSets.isBeingReadAgain(object.study.callingAeTitle)
      onStored(isStale ? { ...study, patientName: object.study.patientName } : study, instance, actor, object.study)
      return { kind: 'stored', instance, ...isCutShort }
    }
    case 'already-had': {
      const instance = sql.instanceByUid(object.sopInstanceUid)!
      audit.record({ actor, action: 'receive-duplicate', subjectKind: 'instance', subjectId: instance.id, details })
      return { kind: 'already-had', instance, ...isCutShort }
    }
    case 'new-version': {
      const instance = sql.instanceByUid(object.sopInstanceUid)!
      sql.addVersion({ ...row, instance_id: instance.id, conflict: 1 })
      sql.raiseAlarm({
        kind: 'other-bytes',
        subject: placed.versionId,
        problem: { code: 'ARCHIVE-OTHER-BYTES', with: toldOf(object) },
        raisedAt: placed.receivedAt,
      })
      audit.record({ actor, action: 'keep-other-version', subjectKind: 'instance', subjectId: instance.id, details })
      return { kind: 'new-version', instance, versionId: placed.versionId, ...isCutShort }
    }
  }
}

function toldOf({ study, sopInstanceUid }: AcceptedObject) {
  const { callingAeTitle } = study
  const device = callingAeTitle === 'import' ? inBoth('导入', 'an import') : asItIs(callingAeTitle)
  return { ...filling('device', device), sopInstanceUid }
}
