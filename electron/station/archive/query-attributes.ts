import type { StudyHeader } from '../../../shared/models/study.ts'
import { daOfDay } from '../../../shared/text/dicom-values.ts'

/** One attribute of an answer: VR and value, several values between backslashes. */
export type QueryAttribute = { readonly vr: string; readonly value: string }
export type QueryAttributes = ReadonlyMap<number, QueryAttribute>

/** Tags that decide how a question is answered; PS3.6. */
export const queryTag = {
  studyDate: 0x00080020,
  accessionNumber: 0x00080050,
  queryRetrieveLevel: 0x00080052,
  modalitiesInStudy: 0x00080061,
  patientName: 0x00100010,
  patientId: 0x00100020,
  studyInstanceUid: 0x0020000d,
  seriesInstanceUid: 0x0020000e,
  sopInstanceUid: 0x00080018,
  sopClassUid: 0x00080016,
  availableTransferSyntaxUid: 0x00083002,
} as const

export type SeriesRow = {
  readonly uid: string
  readonly number: number | null
  readonly instances: number
  /** Of its first instance, JSON: archive-sql.ts's KeptHeader. */
  readonly header: string
}

export type InstanceRow = {
  readonly sop_instance_uid: string
  readonly series_instance_uid: string
  readonly instance_number: number | null
  readonly transfer_syntax_uid: string
  readonly header: string
}

export type PatientCounts = { readonly studies: number; readonly series: number; readonly instances: number }

type Pairs = (readonly [number, QueryAttribute])[]
const of = (tag: number, vr: string, value: string | number | null | undefined): Pairs[number] => [
  tag,
  { vr, value: String(value ?? '') },
]

/** Patient attributes of PS3.4 table C.6-1, and the counts where they are asked for. */
export function patientAttributes(study: StudyHeader, counts: PatientCounts | undefined): Pairs {
  return [
    of(queryTag.patientName, 'PN', study.patientName),
    of(queryTag.patientId, 'LO', study.patientId),
    of(0x00100030, 'DA', daOfDay(study.patientBirthDate)),
    of(0x00100040, 'CS', study.patientSex),
    ...(counts
      ? [
          of(0x00201200, 'IS', counts.studies),
          of(0x00201202, 'IS', counts.series),
          of(0x00201204, 'IS', counts.instances),
        ]
      : []),
  ]
}

/** Study attributes of PS3.4 table C.6-5. `series`: where modalities or counts are asked for. */
export function studyAttributes(study: StudyHeader, series: readonly SeriesRow[] | undefined): Pairs {
  const [day = '', time = ''] = study.studyDateTime.split(' ')
  return [
    of(queryTag.studyDate, 'DA', daOfDay(day)),
    of(0x00080030, 'TM', time.replaceAll(':', '')),
    of(queryTag.accessionNumber, 'SH', study.accessionNumber),
    of(0x00080056, 'CS', 'ONLINE'),
    of(0x00080090, 'PN', study.referringPhysician),
    of(0x00081030, 'LO', study.studyDescription),
    of(queryTag.studyInstanceUid, 'UI', study.studyInstanceUid),
    of(0x00200010, 'SH', study.studyId),
    ...(series
      ? [
          of(queryTag.modalitiesInStudy, 'CS', modalitiesOf(series)),
          of(0x00201206, 'IS', series.length),
          of(
            0x00201208,
            'IS',
            series.reduce((sum, one) => sum + one.instances, 0),
          ),
        ]
      : []),
  ]
}

/** Series attributes of PS3.4 table C.6-3. */
export function seriesAttributes(series: SeriesRow): Pairs {
  const header = JSON.parse(series.header)
  return [
    of(0x00080060, 'CS', header.modality),
    of(0x0008103e, 'LO', header.seriesDescription),
    of(0x00180015, 'CS', header.bodyPart),
    of(0x00181030, 'LO', header.protocolName),
    of(0x00200060, 'CS', header.laterality),
    of(queryTag.seriesInstanceUid, 'UI', series.uid),
    of(0x00200011, 'IS', series.number),
    of(0x00201209, 'IS', series.instances),
  ]
}

/** Image attributes of PS3.4 table C.6-4, and what QIDO-RS gives of an instance (PS3.18 table 10.6.3-5). */
export function instanceAttributes(instance: InstanceRow): Pairs {
  const header = JSON.parse(instance.header)
  return [
    of(queryTag.sopClassUid, 'UI', header.sopClassUid),
    of(queryTag.sopInstanceUid, 'UI', instance.sop_instance_uid),
    of(queryTag.availableTransferSyntaxUid, 'UI', instance.transfer_syntax_uid),
    of(0x00200013, 'IS', instance.instance_number),
    of(0x00280008, 'IS', header.numberOfFrames),
    ...(header.rows > 0 ? [of(0x00280010, 'US', header.rows), of(0x00280011, 'US', header.columns)] : []),
  ]
}

function modalitiesOf(series: readonly SeriesRow[]): string {
  const modalities = series.map((one): string => JSON.parse(one.header).modality).filter((modality) => modality !== '')
  return [...new Set(modalities)].sort().join('\\')
}
