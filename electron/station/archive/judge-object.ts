import type { StudyHeader } from '../../../shared/models/study.ts'
import { newUid } from '../../../shared/text/dicom-values.ts'
import type { KeptHeader } from './archive-sql.ts'
import type { HeaderRead } from './read-header.ts'
import type { ObjectAnnouncement, Refused } from './store-outcome.ts'
import type { CharacterSetSuspicion } from './suspect-character-set.ts'

/** An object that can be indexed: every UID is there. */
export type AcceptedObject = {
  readonly kind: 'accepted'
  readonly sopInstanceUid: string
  readonly study: StudyHeader
  readonly header: KeptHeader
  /** UIDs that the object did not have and that were made here, so that staff see it: the file stays without them. */
  readonly madeUids: readonly ('StudyInstanceUID' | 'SeriesInstanceUID')[]
  /** It ends before its end: whole-object.ts. */
  readonly isCutShort: boolean
  /** Its text reads better in another character set than the one it declares. */
  readonly suspicion?: CharacterSetSuspicion
}

/** Digits and dots, PS3.5 9.1. Leading zeros are wrong and do occur. */
const possibleUid = /^[0-9.]{1,64}$/

/**
 * Pure but for new UIDs: does the data set fit what was announced (PS3.4 B.2.3)? 0xA900 when it names another class or instance
 * than the command, 0xC000 when nothing can be made of it. What it merely leaves out is no reason to lose an image.
 */
export function judgeObject(
  read: HeaderRead,
  object: ObjectAnnouncement,
  isCutShort: boolean,
): AcceptedObject | Refused {
  if (read.kind === 'cannot') return { kind: 'refused', status: 0xc000, problem: { code: read.code } }
  const { header } = read
  if (differ(header.sopClassUid, object.sopClassUid)) {
    return { kind: 'refused', status: 0xa900, problem: { code: 'OBJECT-OTHER-CLASS' } }
  }
  if (differ(header.sopInstanceUid, object.sopInstanceUid)) {
    return { kind: 'refused', status: 0xa900, problem: { code: 'OBJECT-OTHER-INSTANCE' } }
  }
  const sopInstanceUid = header.sopInstanceUid || object.sopInstanceUid
  const studyInstanceUid = header.study.studyInstanceUid || newUid()
  const seriesInstanceUid = header.instance.seriesInstanceUid || newUid()
  const sopClassUid = header.sopClassUid || object.sopClassUid
  if (![sopInstanceUid, studyInstanceUid, seriesInstanceUid, sopClassUid].every((uid) => possibleUid.test(uid))) {
    return { kind: 'refused', status: 0xc000, problem: { code: 'OBJECT-NO-UID' } }
  }
  return {
    kind: 'accepted',
    sopInstanceUid,
    study: { ...header.study, studyInstanceUid, callingAeTitle: object.callingAeTitle },
    header: { ...header.instance, seriesInstanceUid, sopClassUid },
    madeUids: [
      ...(header.study.studyInstanceUid ? [] : (['StudyInstanceUID'] as const)),
      ...(header.instance.seriesInstanceUid ? [] : (['SeriesInstanceUID'] as const)),
    ],
    isCutShort,
    ...(read.suspicion && { suspicion: read.suspicion }),
  }
}

function differ(inDataSet: string, announced: string): boolean {
  return inDataSet !== '' && announced !== '' && inDataSet !== announced
}
