import { type ElementToWrite, encodeDataSet } from '../../../shared/dicom/data-set-writer.ts'
import { derivedUid } from '../../../shared/dicom/derived-uid.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { chinaCompactDay, chinaCompactTime } from '../../../shared/text/china-time.ts'
import { daOfDay } from '../../../shared/text/dicom-values.ts'
import { personNameValue } from '../../../shared/text/person-name.ts'
import type { StudyPerson } from './study-person.ts'

/** An object that is made here from what is no DICOM, ready to be kept like any other. */
export type MadeObject = {
  readonly sopClassUid: string
  readonly sopInstanceUid: string
  readonly studyInstanceUid: string
  readonly transferSyntaxUid: string
  /** The data set's bytes. Asked once. */
  readonly bytes: () => AsyncIterable<Buffer> | Iterable<Buffer>
}

/** For whom, and as which of its kind, an object is made. */
export type MakingFor = {
  readonly dossier: ExamDossier
  readonly person: StudyPerson
  /** Of the file, hex. */
  readonly sha256: string
  readonly fileName: string
  readonly instanceNumber: number
  readonly now: number
}

export type MadeKind = 'picture' | 'paper' | 'film'

const series = {
  picture: { number: '9101', description: '导入的图片' },
  paper: { number: '9102', description: '导入的文件' },
  film: { number: '9103', description: '导入的视频' },
} as const

/** The study that the exam's images are in already, so that a viewer shows all together; where there are none, the exam's own. */
export function madeStudyUid({ exam, instances }: ExamDossier): string {
  const isOurs = instances.some((instance) => instance.studyInstanceUid === exam.studyInstanceUid)
  return isOurs ? exam.studyInstanceUid : (instances[0]?.studyInstanceUid ?? exam.studyInstanceUid)
}

/** The same file for the same exam is the same object. */
export const madeSopInstanceUid = (examId: string, sha256: string) => derivedUid('import', examId, sha256)
export const madeSeriesUid = (dossier: ExamDossier, kind: MadeKind) =>
  derivedUid('import-series', kind, dossier.exam.id, madeStudyUid(dossier))

/** Patient, General Study and General Series (PS3.3 C.7.1.1, C.7.2.1, C.7.3.1) of the exam, in UTF-8. */
export function commonElements(making: MakingFor, kind: MadeKind): ElementToWrite[] {
  const { dossier, person, now } = making
  const { exam } = dossier
  const [studyDate, studyTime] = dossier.studyDateTime
    ? [dossier.studyDateTime.slice(0, 10).replaceAll('-', ''), dossier.studyDateTime.slice(11).replaceAll(':', '')]
    : [chinaCompactDay(now), chinaCompactTime(now)]
  return [
    { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
    { tag: 0x00080012, vr: 'DA', value: chinaCompactDay(now) },
    { tag: 0x00080013, vr: 'TM', value: chinaCompactTime(now) },
    { tag: 0x00080018, vr: 'UI', value: madeSopInstanceUid(exam.id, making.sha256) },
    { tag: 0x00080020, vr: 'DA', value: studyDate },
    { tag: 0x00080030, vr: 'TM', value: studyTime },
    { tag: 0x00080050, vr: 'SH', value: exam.accessionNumber },
    {
      tag: 0x00080090,
      vr: 'PN',
      value: exam.applyDoctor?.name ? personNameValue({ name: exam.applyDoctor.name }) : '',
    },
    { tag: 0x00081030, vr: 'LO', value: plainText(exam.itemName, 64) },
    { tag: 0x0008103e, vr: 'LO', value: series[kind].description },
    { tag: 0x00100010, vr: 'PN', value: person.patientName },
    { tag: 0x00100020, vr: 'LO', value: person.patientId },
    { tag: 0x00100030, vr: 'DA', value: daOfDay(person.patientBirthDate) },
    { tag: 0x00100040, vr: 'CS', value: person.patientSex },
    { tag: 0x0020000d, vr: 'UI', value: madeStudyUid(dossier) },
    { tag: 0x0020000e, vr: 'UI', value: madeSeriesUid(dossier, kind) },
    { tag: 0x00200010, vr: 'SH', value: exam.accessionNumber },
    { tag: 0x00200011, vr: 'IS', value: series[kind].number },
    { tag: 0x00200013, vr: 'IS', value: String(making.instanceNumber) },
  ]
}

/** General Image (C.7.6.1) of a picture or a film that was made elsewhere. */
export function imageElements({ fileName, now }: MakingFor, imageType: string): ElementToWrite[] {
  return [
    { tag: 0x00080008, vr: 'CS', value: imageType },
    { tag: 0x00080023, vr: 'DA', value: chinaCompactDay(now) },
    { tag: 0x00080033, vr: 'TM', value: chinaCompactTime(now) },
    { tag: 0x00200020, vr: 'CS', value: '' },
    { tag: 0x00204000, vr: 'LT', value: plainText(fileName, 1024) },
  ]
}

export const encodeMade = (elements: readonly ElementToWrite[]): Buffer =>
  encodeDataSet([...new Map(elements.map((element) => [element.tag, element])).values()], {
    explicitVr: true,
    text: 'utf-8',
  })

/** Without what has a meaning in DICOM text, and no longer than the VR allows. */
export function plainText(text: string, most: number): string {
  return [...text.replace(/[\\\p{Cc}]/gu, ' ').trim()].slice(0, most).join('')
}

/** Head of encapsulated PixelData with an empty offset table and one fragment (PS3.5 A.4); the fragment's bytes follow, then the end. */
export function oneFragment(length: number): { readonly head: Buffer; readonly tail: Buffer } {
  const even = length + (length % 2)
  const head = Buffer.from('e07f1000' + '4f420000ffffffff' + 'feff00e000000000' + 'feff00e000000000', 'hex')
  head.writeUInt32LE(even, head.length - 4)
  const end = Buffer.from('feffdde000000000', 'hex')
  return { head, tail: Buffer.concat([Buffer.alloc(even - length), end]) }
}
