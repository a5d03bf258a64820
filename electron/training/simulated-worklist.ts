import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { valuesOf } from '../../shared/dicom/element-values.ts'
import { specificCharacterSetOf } from '../../shared/dicom/encode-text.ts'
import { readElements } from '../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf, implicitVrLittleEndian } from '../../shared/dicom/transfer-syntax.ts'
import type { Device } from '../../shared/models/settings.ts'
import { dayOfDa } from '../../shared/text/dicom-values.ts'

/** Keys of a worklist question; what is absent is asked for with an empty key. */
export type WorklistKeys = {
  readonly patientName?: string
  readonly patientId?: string
  readonly accessionNumber?: string
  readonly modality?: string
  readonly scheduledAeTitle?: string
  /** DA or a range of it: '20261121-20261122'. */
  readonly scheduledDate?: string
}

export type SimulatedWorklistItem = {
  readonly characterSet: string
  readonly accessionNumber: string
  /** Both groups: 'ZHANG^SAN=张^三'. */
  readonly patientName: string
  readonly patientId: string
  readonly patientSex: string
  readonly patientBirthDate: string
  readonly studyInstanceUid: string
  readonly requestedProcedureId: string
  readonly requestedProcedureDescription: string
  readonly modality: string
  readonly scheduledAeTitle: string
  readonly scheduledDate: string
  readonly scheduledTime: string
  readonly stepDescription: string
  readonly stepId: string
  /** The answer as it came, implicit VR little endian. */
  readonly bytes: Buffer
}

/** The identifier of a C-FIND as devices send it: some keys, and what they want to know (PS3.4 K.4.1.1.2). */
export function worklistIdentifier(keys: WorklistKeys, characterSet: Device['characterSet']): Buffer {
  const text = characterSet === 'pinyin' ? 'latin-1' : characterSet
  const step: ElementToWrite[] = [
    { tag: 0x00080060, vr: 'CS', value: keys.modality ?? '' },
    { tag: 0x00400001, vr: 'AE', value: keys.scheduledAeTitle ?? '' },
    { tag: 0x00400002, vr: 'DA', value: keys.scheduledDate ?? '' },
    ...[0x00400003, 0x00400006, 0x00400007, 0x00400009, 0x00400011].map((tag) => ({ tag, vr: 'LO', value: '' })),
  ]
  const returned = [
    0x00080090, 0x00100030, 0x00100040, 0x00101030, 0x0020000d, 0x00321032, 0x00321060, 0x00380010, 0x00401001,
  ]
  return encodeDataSet(
    [
      { tag: 0x00080005, vr: 'CS', value: specificCharacterSetOf[text] },
      { tag: 0x00080050, vr: 'SH', value: keys.accessionNumber ?? '' },
      { tag: 0x00100010, vr: 'PN', value: keys.patientName ?? '' },
      { tag: 0x00100020, vr: 'LO', value: keys.patientId ?? '' },
      ...returned.map((tag) => ({ tag, vr: 'LO', value: '' })),
      { tag: 0x00400100, vr: 'SQ', value: [step] },
    ],
    { explicitVr: false, text },
  )
}

export function readWorklistItem(bytes: Buffer): SimulatedWorklistItem {
  const encoding = dataSetEncodingOf(implicitVrLittleEndian)
  const values = valuesOf(bytes, readElements(bytes, encoding).elements, encoding)
  const step = values.items(0x00400100)[0]
  return {
    characterSet: values.text(0x00080005),
    accessionNumber: values.text(0x00080050),
    patientName: values.personName(0x00100010),
    patientId: values.text(0x00100020),
    patientSex: values.text(0x00100040),
    patientBirthDate: dayOfDa(values.text(0x00100030)),
    studyInstanceUid: values.text(0x0020000d),
    requestedProcedureId: values.text(0x00401001),
    requestedProcedureDescription: values.text(0x00321060),
    modality: step?.text(0x00080060) ?? '',
    scheduledAeTitle: step?.text(0x00400001) ?? '',
    scheduledDate: step?.text(0x00400002) ?? '',
    scheduledTime: step?.text(0x00400003) ?? '',
    stepDescription: step?.text(0x00400007) ?? '',
    stepId: step?.text(0x00400009) ?? '',
    bytes,
  }
}
