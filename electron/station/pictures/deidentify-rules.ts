import { elementOfTag } from '../../../shared/dicom/data-dictionary.ts'

/**
 * The Basic Application Level Confidentiality Profile, PS3.15 E.2 and table E.1-1, for images. Where the table gives a choice (X/Z, X/Z/D)
 * what the images' modules need as type 1 or 2 stays, empty or with a dummy. Beyond the table: whatever could hold words or a date and
 * does not describe how an image was made is removed too, and whatever PS3.6 does not know.
 */
export type DeidentifyAction =
  | { readonly kind: 'keep' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'dummy'; readonly text: string }
  /** Replaced, always by the same one. */
  | { readonly kind: 'uid' }
  /** A sequence: its items are cleaned. */
  | { readonly kind: 'clean' }

const keep = { kind: 'keep' } as const
const remove = { kind: 'remove' } as const
const someTime = { kind: 'dummy', text: '19000101000000' } as const

/** How an image was made and is to be seen; groups that are not here are about people, orders, reports, devices' logs or overlays. */
const keptGroups = new Set([0x0008, 0x0018, 0x0020, 0x0022, 0x0028, 0x0052, 0x0054, 0x2050, 0x3002, 0x5200, 0x7fe0])

/** Type 2 in the modules of every image: there and empty. */
const emptied = new Set([
  0x00080020, // StudyDate
  0x00080023, // ContentDate
  0x00080030, // StudyTime
  0x00080033, // ContentTime
  0x00080050, // AccessionNumber
  0x00080090, // ReferringPhysicianName
  0x00100030, // PatientBirthDate
  0x00100040, // PatientSex
  0x00180010, // ContrastBolusAgent
  0x00200010, // StudyID
])

const dummies: ReadonlyMap<number, DeidentifyAction> = new Map<number, DeidentifyAction>([
  [0x0008002a, someTime], // AcquisitionDateTime
  [0x00189074, someTime], // FrameAcquisitionDateTime
  [0x00189151, someTime], // FrameReferenceDateTime
  [0x00189516, someTime], // StartAcquisitionDateTime
  [0x00189517, someTime], // EndAcquisitionDateTime
  [0x30020002, { kind: 'dummy', text: 'ANON' }], // RTImageLabel
])

/** In groups that stay. */
const removed = new Set([
  0x00080082, // InstitutionCodeSequence
  0x00080096, // ReferringPhysicianIdentificationSequence
  0x0008009d, // ConsultingPhysicianIdentificationSequence
  0x00080300, // PrivateDataElementCharacteristicsSequence
  0x00081041, // InstitutionalDepartmentTypeCodeSequence
  0x00081049, // PhysiciansOfRecordIdentificationSequence
  0x00081052, // PerformingPhysicianIdentificationSequence
  0x00081062, // PhysiciansReadingStudyIdentificationSequence
  0x00081072, // OperatorIdentificationSequence
  0x00081084, // AdmittingDiagnosesCodeSequence
  0x00081110, // ReferencedStudySequence
  0x00081111, // ReferencedPerformedProcedureStepSequence
  0x00081120, // ReferencedPatientSequence
  0x00081125, // ReferencedVisitSequence
  0x0018100a, // UDISequence
  0x00185011, // TransducerIdentificationSequence
  0x00189623, // FunctionalSyncPulse
  0x0018a001, // ContributingEquipmentSequence
])

/** Words that describe how an image was made or is to be seen. What names somebody all the same is emptied where it is found. */
const keptWords = new Set([
  0x00080070, // Manufacturer
  0x00080100, // CodeValue
  0x00080102, // CodingSchemeDesignator
  0x00080103, // CodingSchemeVersion
  0x00080104, // CodeMeaning
  0x00081090, // ManufacturerModelName
  0x00180024, // SequenceName
  0x00180085, // ImagedNucleus
  0x00181020, // SoftwareVersions
  0x00181160, // FilterType
  0x00181180, // CollimatorGridName
  0x00181210, // ConvolutionKernel
  0x00181250, // ReceiveCoilName
  0x00181251, // TransmitCoilName
  0x00201040, // PositionReferenceIndicator
  0x00209056, // StackID
  0x00281054, // RescaleType
  0x00281055, // WindowCenterWidthExplanation
  0x00283003, // LUTExplanation
  0x00283004, // ModalityLUTType
])

/** UIDs that name a kind and not a thing. */
const kindUids = new Set([
  0x00080016, // SOPClassUID
  0x0008001a, // RelatedGeneralSOPClassUID
  0x0008001b, // OriginalSpecializedSOPClassUID
  0x0008010c, // CodingSchemeUID
  0x00080117, // ContextUID
  0x00080118, // MappingResourceUID
  0x00081150, // ReferencedSOPClassUID
])

const words = new Set(['AE', 'AS', 'DA', 'DT', 'LO', 'LT', 'PN', 'SH', 'ST', 'TM', 'UC', 'UR', 'UT'])
const bytes = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN'])

/** Pure. `vr`: as written, or that of PS3.6 in implicit VR. */
export function deidentifyAction(tag: number, vr: string): DeidentifyAction {
  const group = Math.floor(tag / 0x10000)
  if (tag === 0x00100010) return { kind: 'dummy', text: 'ANONYMOUS' }
  if (emptied.has(tag)) return { kind: 'empty' }
  const dummy = dummies.get(tag)
  if (dummy) return dummy
  const isAccurate = elementOfTag(tag) !== undefined && tag % 0x10000 !== 0
  if (!isAccurate || !keptGroups.has(group) || removed.has(tag)) return remove
  if (vr === 'SQ') return { kind: 'clean' }
  if (vr === 'UI') return kindUids.has(tag) ? keep : { kind: 'uid' }
  if (words.has(vr)) return keptWords.has(tag) ? keep : remove
  if (bytes.has(vr)) return group === 0x0028 || group === 0x7fe0 ? keep : remove
  return keep
}

/** UIDs of the standard are everybody's (PS3.5 9.1). */
export const isStandardUid = (uid: string): boolean => uid.startsWith('1.2.840.10008.')
