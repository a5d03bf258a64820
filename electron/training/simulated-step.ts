import { type ElementToWrite, encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { valuesOf } from '../../shared/dicom/element-values.ts'
import { specificCharacterSetOf } from '../../shared/dicom/encode-text.ts'
import { readElements } from '../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf, explicitVrLittleEndian } from '../../shared/dicom/transfer-syntax.ts'
import type { Device } from '../../shared/models/settings.ts'
import { chinaCompactDay, chinaCompactTime } from '../../shared/text/china-time.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import type { EventReport } from './dicom-association.ts'
import type { SimulatedWorklistItem } from './simulated-worklist.ts'

export type NamedObject = { readonly sopClassUid: string; readonly sopInstanceUid: string }

/** How a device writes: explicit VR, its own character set. */
function written(elements: readonly ElementToWrite[], characterSet: Device['characterSet']): Buffer {
  const text = characterSet === 'pinyin' ? 'ascii' : characterSet
  const declared = { tag: 0x00080005, vr: 'CS', value: specificCharacterSetOf[text] }
  return encodeDataSet([declared, ...elements], { explicitVr: true, text })
}

/** The N-CREATE of a step that is done for worklist items, PS3.4 table F.7.2-1. */
export function stepBeginning(
  items: readonly SimulatedWorklistItem[],
  { aeTitle, at, characterSet }: { aeTitle: string; at: number; characterSet: Device['characterSet'] },
): Buffer {
  const [item] = items
  return written(
    [
      { tag: 0x00080060, vr: 'CS', value: item?.modality ?? 'OT' },
      { tag: 0x00100010, vr: 'PN', value: item?.patientName ?? '' },
      { tag: 0x00100020, vr: 'LO', value: item?.patientId ?? '' },
      { tag: 0x00400241, vr: 'AE', value: aeTitle },
      { tag: 0x00400242, vr: 'SH', value: '' },
      { tag: 0x00400243, vr: 'SH', value: '' },
      { tag: 0x00400244, vr: 'DA', value: chinaCompactDay(at) },
      { tag: 0x00400245, vr: 'TM', value: chinaCompactTime(at) },
      { tag: 0x00400250, vr: 'DA', value: '' },
      { tag: 0x00400251, vr: 'TM', value: '' },
      { tag: 0x00400252, vr: 'CS', value: 'IN PROGRESS' },
      { tag: 0x00400253, vr: 'SH', value: `PPS${chinaCompactTime(at)}` },
      { tag: 0x00400254, vr: 'LO', value: item?.stepDescription ?? '' },
      { tag: 0x00400340, vr: 'SQ', value: [] },
      {
        tag: 0x00400270,
        vr: 'SQ',
        value: items.map((one) => [
          { tag: 0x00080050, vr: 'SH', value: one.accessionNumber },
          { tag: 0x0020000d, vr: 'UI', value: one.studyInstanceUid },
          { tag: 0x00400009, vr: 'SH', value: one.stepId },
          { tag: 0x00401001, vr: 'SH', value: one.requestedProcedureId },
        ]),
      },
    ],
    characterSet,
  )
}

/** The N-SET that ends it: what was made, or why it was broken off. */
export function stepEnd(end: {
  readonly status: 'IN PROGRESS' | 'COMPLETED' | 'DISCONTINUED'
  readonly objects: readonly NamedObject[]
  readonly reason?: string
  readonly at: number
  readonly characterSet: Device['characterSet']
}): Buffer {
  const reason = [
    { tag: 0x00080100, vr: 'SH', value: '110501' },
    { tag: 0x00080102, vr: 'SH', value: 'DCM' },
    { tag: 0x00080104, vr: 'LO', value: end.reason ?? '' },
  ]
  return written(
    [
      { tag: 0x00400250, vr: 'DA', value: chinaCompactDay(end.at) },
      { tag: 0x00400251, vr: 'TM', value: chinaCompactTime(end.at) },
      { tag: 0x00400252, vr: 'CS', value: end.status },
      ...(end.reason === undefined ? [] : [{ tag: 0x00400281, vr: 'SQ', value: [reason] }]),
      {
        tag: 0x00400340,
        vr: 'SQ',
        value: end.objects.length === 0 ? [] : [seriesOf(end.objects)],
      },
    ],
    end.characterSet,
  )
}

function seriesOf(objects: readonly NamedObject[]): ElementToWrite[] {
  return [
    { tag: 0x00081140, vr: 'SQ', value: objects.map(reference) },
    { tag: 0x0020000e, vr: 'UI', value: newUid() },
    { tag: 0x00400220, vr: 'SQ', value: [] },
  ]
}

const reference = ({ sopClassUid, sopInstanceUid }: NamedObject): ElementToWrite[] => [
  { tag: 0x00081150, vr: 'UI', value: sopClassUid },
  { tag: 0x00081155, vr: 'UI', value: sopInstanceUid },
]

/** The N-ACTION that asks for storage commitment, PS3.4 table J.3-1. */
export function commitmentQuestion(transactionUid: string, objects: readonly NamedObject[]): Buffer {
  return encodeDataSet(
    [
      { tag: 0x00081195, vr: 'UI', value: transactionUid },
      { tag: 0x00081199, vr: 'SQ', value: objects.map(reference) },
    ],
    { explicitVr: true, text: 'ascii' },
  )
}

export type CommitmentAnswer = {
  readonly eventTypeId: number
  readonly transactionUid: string
  readonly kept: readonly string[]
  readonly failed: readonly { readonly sopInstanceUid: string; readonly why: number }[]
}

/** PS3.4 table J.3-2. */
export function readCommitmentAnswer({
  eventTypeId,
  dataSet,
  transferSyntax = explicitVrLittleEndian,
}: EventReport): CommitmentAnswer {
  const encoding = dataSetEncodingOf(transferSyntax)
  const values = valuesOf(dataSet, readElements(dataSet, encoding).elements, encoding)
  return {
    eventTypeId,
    transactionUid: values.text(0x00081195),
    kept: values.items(0x00081199).map((item) => item.text(0x00081155)),
    failed: values
      .items(0x00081198)
      .map((item) => ({ sopInstanceUid: item.text(0x00081155), why: item.number(0x00081197) ?? -1 })),
  }
}
