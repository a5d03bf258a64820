import { encapsulatedPdfStorage } from '../../../shared/dicom/sop-class.ts'
import type { InstanceFacts, StudyHeader } from '../../../shared/models/study.ts'
import { daOfDay, tmOfTime } from '../../../shared/text/dicom-values.ts'
import type { DirectoryRecord } from './dicomdir.ts'

/** An object and where it lies on the medium. */
export type ListedObject = { readonly instance: InstanceFacts; readonly path: readonly string[] }

/**
 * Pure: the records of a directory, by patient as the objects name them. Images and papers are listed; other objects lie on the medium and
 * are not (PS3.10 8.1 lets a directory leave files out).
 */
export function directoryOf(objects: readonly ListedObject[], studies: readonly StudyHeader[]): DirectoryRecord[] {
  const patients = grouped(studies, (study) => `${study.patientId}\0${study.patientName}`)
  return patients.map(([first, ofPatient]) => ({
    type: 'PATIENT',
    keys: [
      { tag: 0x00100010, vr: 'PN', value: first.patientName },
      { tag: 0x00100020, vr: 'LO', value: first.patientId || 'UNKNOWN' },
    ],
    below: ofPatient.map((study) => studyRecord(study, objects)),
  }))
}

function studyRecord(study: StudyHeader, objects: readonly ListedObject[]): DirectoryRecord {
  const mine = objects.filter(({ instance }) => instance.studyInstanceUid === study.studyInstanceUid)
  const series = grouped(mine.filter(isListed), ({ instance }) => instance.seriesInstanceUid)
  return {
    type: 'STUDY',
    keys: [
      { tag: 0x00080020, vr: 'DA', value: daOfDay(study.studyDateTime.slice(0, 10)) },
      { tag: 0x00080030, vr: 'TM', value: tmOfTime(study.studyDateTime.slice(11)) },
      { tag: 0x00080050, vr: 'SH', value: study.accessionNumber },
      { tag: 0x00081030, vr: 'LO', value: study.studyDescription },
      { tag: 0x0020000d, vr: 'UI', value: study.studyInstanceUid },
      { tag: 0x00200010, vr: 'SH', value: study.studyId || study.accessionNumber || '1' },
    ],
    below: series.map(([first, ofSeries], index) => ({
      type: 'SERIES',
      keys: [
        { tag: 0x00080060, vr: 'CS', value: first.instance.modality || 'OT' },
        { tag: 0x0020000e, vr: 'UI', value: first.instance.seriesInstanceUid },
        { tag: 0x00200011, vr: 'IS', value: String(first.instance.seriesNumber ?? index + 1) },
      ],
      below: ofSeries.map(objectRecord),
    })),
  }
}

const isPaper = ({ sopClassUid }: InstanceFacts) => sopClassUid === encapsulatedPdfStorage
export const isListed = ({ instance }: ListedObject) => isPaper(instance) || (instance.rows > 0 && instance.columns > 0)

function objectRecord({ instance, path }: ListedObject, index: number): DirectoryRecord {
  const { sopClassUid, sopInstanceUid, transferSyntaxUid } = instance
  const number = { tag: 0x00200013, vr: 'IS', value: String(instance.instanceNumber ?? index + 1) }
  const file = { path, sopClassUid, sopInstanceUid, transferSyntaxUid }
  if (!isPaper(instance)) return { type: 'IMAGE', keys: [number], file }
  return {
    type: 'ENCAP DOC',
    keys: [
      { tag: 0x00080023, vr: 'DA', value: '' },
      { tag: 0x00080033, vr: 'TM', value: '' },
      number,
      { tag: 0x0040a043, vr: 'SQ', value: [] },
      { tag: 0x00420010, vr: 'ST', value: '' },
      { tag: 0x00420012, vr: 'LO', value: 'application/pdf' },
    ],
    file,
  }
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): (readonly [T, readonly T[]])[] {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()].map((group) => [group[0]!, group])
}
