import { type ElementValues, valuesOf } from '../../../shared/dicom/element-values.ts'
import { readElements } from '../../../shared/dicom/read-elements.ts'
import { dataSetEncodingOf } from '../../../shared/dicom/transfer-syntax.ts'
import type { ReadAs } from '../../../shared/models/settings.ts'
import { termsReadAs } from '../../../shared/text/charset-doctor.ts'
import { dateTimeOf } from '../../../shared/text/dicom-values.ts'
import type { PerformedStepReport, StepReference } from '../exams/decide-performed-step.ts'

export const performedStepStatus = 0x00400252
const scheduledStepAttributes = 0x00400270
const discontinuationReasons = 0x00400281
const performedSeries = 0x00400340
/** ReferencedImageSequence, and the instances that are no images, such as a dose report (PS3.3 C.4.15). */
const referencedInstances = [0x00081140, 0x00400220]

/**
 * The attributes of an N-CREATE or N-SET of a Modality Performed Procedure Step, PS3.4 table F.7.2-1. Undefined: the bytes are no
 * data set. `assumed`: SpecificCharacterSet for text in one that declares none. `readAs`: what staff know its text to be written in,
 * whatever is declared, as in the device's images.
 */
export function readPerformedStep(
  bytes: Buffer,
  transferSyntaxUid: string,
  assumed: string,
  readAs: ReadAs = 'declared',
): PerformedStepReport | undefined {
  const encoding = dataSetEncodingOf(transferSyntaxUid)
  const read = readElements(bytes, encoding)
  if (read.kind !== 'whole') return undefined
  const values = valuesOf(bytes, read.elements, encoding, [assumed], termsReadAs(readAs))
  const told = <T>(tag: number, value: () => T): T | undefined => (values.has(tag) ? value() : undefined)
  const text = (tag: number) => told(tag, () => values.text(tag))
  const moment = (date: number, time: number) => told(date, () => dateTimeOf(values.text(date), values.text(time)))
  const names = instancesIn(values)
  return {
    status: text(performedStepStatus),
    references: told(scheduledStepAttributes, () => values.items(scheduledStepAttributes).map(referenceOf)),
    patientId: text(0x00100020),
    patientName: told(0x00100010, () => values.personName(0x00100010)),
    stationAeTitle: text(0x00400241),
    modality: text(0x00080060),
    description: text(0x00400254),
    startedAt: moment(0x00400244, 0x00400245),
    endedAt: moment(0x00400250, 0x00400251),
    reason: told(discontinuationReasons, () => reasonIn(values)),
    announcedImages: names.size > 0 ? names.size : undefined,
  }
}

function referenceOf(item: ElementValues): StepReference {
  return {
    studyInstanceUid: item.text(0x0020000d),
    accessionNumber: item.text(0x00080050),
    scheduledStepId: item.text(0x00400009),
    requestedProcedureId: item.text(0x00401001),
  }
}

/** The meaning of the code, as the device says it; the code where it says no more. */
function reasonIn(values: ElementValues): string {
  const [code] = values.items(discontinuationReasons)
  return code?.text(0x00080104) || code?.text(0x00080100) || ''
}

function instancesIn(values: ElementValues): ReadonlySet<string> {
  const named = values
    .items(performedSeries)
    .flatMap((series) => referencedInstances.flatMap((tag) => series.items(tag)))
    .map((instance) => instance.text(0x00081155))
  return new Set(named.filter((uid) => uid !== ''))
}
