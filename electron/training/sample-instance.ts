import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { specificCharacterSetOf, type TextEncoding } from '../../shared/dicom/encode-text.ts'
import {
  computedRadiographyStorage,
  ctImageStorage,
  digitalXRayStorage,
  mrImageStorage,
  secondaryCaptureStorage,
  ultrasoundImageStorage,
} from '../../shared/dicom/sop-class.ts'
import type { Device } from '../../shared/models/settings.ts'
import { daOfDay, newUid } from '../../shared/text/dicom-values.ts'
import { personNameValue } from '../../shared/text/person-name.ts'
import { sampleImage } from './sample-images.ts'
import { sampleViewOf, type ViewOrder } from './sample-views.ts'

export type SamplePatient = {
  readonly name: string
  readonly namePinyin?: string
  readonly patientId: string
  readonly sex: string
  /** 'YYYY-MM-DD'. */
  readonly birthDate: string
}

/** What a device writes into the images of one study. */
export type SampleStudy = {
  readonly studyInstanceUid: string
  readonly seriesInstanceUid: string
  readonly accessionNumber: string
  readonly requestedProcedureId: string
  /** PN as it is to be written: 'ZHANG^SAN=张^三'. */
  readonly patientName: string
  readonly patientId: string
  readonly patientSex: string
  readonly patientBirthDate: string
  readonly modality: string
  readonly description: string
  readonly bodyPart: string
  /** What was ordered; absent: the description. It says which body is drawn, and which side of it. */
  readonly orderWords?: string
  readonly stationName: string
  /** DA and TM of the device's own clock. */
  readonly studyDate: string
  readonly studyTime: string
  readonly characterSet: Device['characterSet']
}

export type SampleInstance = { readonly sopClassUid: string; readonly sopInstanceUid: string; readonly dataSet: Buffer }

const sopClasses: Readonly<Record<string, string>> = {
  CR: computedRadiographyStorage,
  DR: digitalXRayStorage,
  DX: digitalXRayStorage,
  CT: ctImageStorage,
  MR: mrImageStorage,
  US: ultrasoundImageStorage,
}

export function sopClassOf(modality: string): string {
  return sopClasses[modality] ?? secondaryCaptureStorage
}

export function nameOf(patient: SamplePatient): string {
  return personNameValue(patient)
}

const isProjection = (modality: string) => !['US', 'CT', 'MR', 'PT'].includes(modality)

/**
 * Slices lie in space; radiographs say how they were taken and which edge is which (PS3.3 C.7.6.1.1.1, C.8.11), with millimetres at the
 * detector; an ultrasound knows neither.
 */
function howTheBodyLies(
  modality: string,
  order: ViewOrder,
  number: number,
  spacing: string,
): readonly ElementToWrite[] {
  const pixelSpacing = { tag: 0x00280030, vr: 'DS', value: spacing }
  if (modality === 'US') return [pixelSpacing]
  if (!isProjection(modality))
    return [
      { tag: 0x00200032, vr: 'DS', value: `0\\0\\${number * 5}` },
      { tag: 0x00200037, vr: 'DS', value: '1\\0\\0\\0\\1\\0' },
      pixelSpacing,
    ]
  const view = sampleViewOf(order, number)
  return [
    { tag: 0x00181164, vr: 'DS', value: spacing },
    { tag: 0x00185101, vr: 'CS', value: view.viewPosition },
    { tag: 0x00200020, vr: 'CS', value: view.patientOrientation },
    { tag: 0x00200062, vr: 'CS', value: view.laterality },
    { tag: 0x00080068, vr: 'CS', value: 'FOR PRESENTATION' },
    { tag: 0x00281040, vr: 'CS', value: 'LOG' },
    { tag: 0x00281041, vr: 'SS', value: -1 },
    { tag: 0x00282110, vr: 'CS', value: '00' },
    { tag: 0x20500020, vr: 'CS', value: 'IDENTITY' },
  ]
}

/** One image as explicit VR little endian, text in the device's own bytes. `of`: how many the study has. */
export function sampleInstance(study: SampleStudy, number: number, of: number): SampleInstance {
  const sopInstanceUid = newUid()
  const sopClassUid = sopClassOf(study.modality)
  const order = { words: study.orderWords ?? study.description, bodyPart: study.bodyPart }
  const image = sampleImage(study.modality, of > 1 ? (number - 1) / (of - 1) : 0.5, number, order)
  const bodyPart = isProjection(study.modality) ? sampleViewOf(order, number).bodyPart : study.bodyPart
  const text: TextEncoding = study.characterSet === 'pinyin' ? 'latin-1' : study.characterSet
  const patientName = study.characterSet === 'pinyin' ? (study.patientName.split('=')[0] ?? '') : study.patientName
  const pixels = Buffer.from(image.pixels.buffer, image.pixels.byteOffset, image.pixels.byteLength)
  const elements: ElementToWrite[] = [
    { tag: 0x00080005, vr: 'CS', value: specificCharacterSetOf[text] },
    { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL\\PRIMARY' },
    { tag: 0x00080016, vr: 'UI', value: sopClassUid },
    { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
    { tag: 0x00080020, vr: 'DA', value: study.studyDate },
    { tag: 0x00080023, vr: 'DA', value: study.studyDate },
    { tag: 0x00080030, vr: 'TM', value: study.studyTime },
    { tag: 0x00080033, vr: 'TM', value: study.studyTime },
    { tag: 0x00080050, vr: 'SH', value: study.accessionNumber },
    { tag: 0x00080060, vr: 'CS', value: study.modality },
    { tag: 0x00080070, vr: 'LO', value: 'YINGZHAN TRAINING' },
    { tag: 0x00080090, vr: 'PN', value: '' },
    { tag: 0x00081010, vr: 'SH', value: study.stationName },
    { tag: 0x00081030, vr: 'LO', value: study.description },
    { tag: 0x0008103e, vr: 'LO', value: study.description },
    { tag: 0x00100010, vr: 'PN', value: patientName },
    { tag: 0x00100020, vr: 'LO', value: study.patientId },
    { tag: 0x00100030, vr: 'DA', value: daOfDay(study.patientBirthDate) },
    { tag: 0x00100040, vr: 'CS', value: study.patientSex },
    { tag: 0x00180015, vr: 'CS', value: bodyPart },
    { tag: 0x0020000d, vr: 'UI', value: study.studyInstanceUid },
    { tag: 0x0020000e, vr: 'UI', value: study.seriesInstanceUid },
    { tag: 0x00200010, vr: 'SH', value: '' },
    { tag: 0x00200011, vr: 'IS', value: '1' },
    { tag: 0x00200013, vr: 'IS', value: String(number) },
    ...howTheBodyLies(study.modality, order, number, `${image.pixelSpacing}\\${image.pixelSpacing}`),
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: image.rows },
    { tag: 0x00280011, vr: 'US', value: image.columns },
    { tag: 0x00280100, vr: 'US', value: 16 },
    { tag: 0x00280101, vr: 'US', value: image.bitsStored },
    { tag: 0x00280102, vr: 'US', value: image.bitsStored - 1 },
    { tag: 0x00280103, vr: 'US', value: 0 },
    { tag: 0x00280301, vr: 'CS', value: 'NO' },
    { tag: 0x00281050, vr: 'DS', value: String(image.windowCenter) },
    { tag: 0x00281051, vr: 'DS', value: String(image.windowWidth) },
    { tag: 0x00281052, vr: 'DS', value: String(image.rescaleIntercept) },
    { tag: 0x00281053, vr: 'DS', value: '1' },
    ...(study.requestedProcedureId ? [{ tag: 0x00401001, vr: 'SH', value: study.requestedProcedureId }] : []),
    { tag: 0x7fe00010, vr: 'OW', value: pixels },
  ]
  return { sopClassUid, sopInstanceUid, dataSet: encodeDataSet(elements, { explicitVr: true, text }) }
}
