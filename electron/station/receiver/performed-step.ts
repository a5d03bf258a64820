import { commandField } from '../../../shared/dicom/command-set.ts'
import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import type { ResponseToWrite } from '../../../shared/dicom/dimse-command.ts'
import type { ReadAs } from '../../../shared/models/settings.ts'
import { newUid } from '../../../shared/text/dicom-values.ts'
import type { PerformedStepReport, StepDecision, StepRefusal } from '../exams/decide-performed-step.ts'
import type { Log } from '../log.ts'
import type { DimseHandler } from './dimse-call.ts'
import { performedStepStatus, readPerformedStep } from './performed-step-data-set.ts'

export type PerformedStepParts = {
  /** The exams room. What is taken is on the disk when they return. */
  readonly create: (sopInstanceUid: string, report: PerformedStepReport, callingAeTitle: string) => StepDecision
  readonly change: (sopInstanceUid: string, report: PerformedStepReport, callingAeTitle: string) => StepDecision
  /** SpecificCharacterSet for text of a device that declares none. */
  readonly assumedCharacterSet: (aeTitle: string) => string
  /** What the device's text is known to be written in, whatever it declares. */
  readonly readAsOf: (aeTitle: string) => ReadAs
  readonly log: Log
}

/** The SCP of Modality Performed Procedure Step, PS3.4 F.7: what is done with each request, by CommandField. */
export function createPerformedStepHandlers(parts: PerformedStepParts): Readonly<Record<number, DimseHandler>> {
  const { log, assumedCharacterSet, readAsOf } = parts

  const handler =
    (command: 'create' | 'set'): DimseHandler =>
    async ({ command: asked, dataSet, context, callingAeTitle, reply }) => {
      const given = command === 'create' ? asked.affectedSopInstanceUid : asked.requestedSopInstanceUid
      // PS3.7 10.1.5.1.4: who creates may leave the UID to us. Some devices name it in the other element.
      const uid = given || asked.requestedSopInstanceUid || asked.affectedSopInstanceUid || newUid()
      const assumed = assumedCharacterSet(callingAeTitle)
      const readAs = readAsOf(callingAeTitle)
      const report = dataSet && readPerformedStep(dataSet, context.transferSyntax, assumed, readAs)
      if (!report || !isUidEnough(uid)) {
        log.warn({ callingAeTitle, command }, 'what a device says of its step could not be read')
        await reply.answer({ status: report ? dicomStatus.invalidSopInstance : dicomStatus.processingFailure })
        return
      }
      const decision = parts[command === 'create' ? 'create' : 'change'](uid, report, callingAeTitle)
      const missing = command === 'create' ? leftOut(report) : []
      log.info({ callingAeTitle, command, ...decision, missing }, 'a device told of its step')
      const withUid = { elements: [{ tag: 0x00001000, vr: 'UI', value: uid }] }
      await reply.answer(
        decision.kind === 'take' ? { status: dicomStatus.success, ...withUid } : refusals[decision.why],
      )
    }
  return { [commandField.nCreateRq]: handler('create'), [commandField.nSetRq]: handler('set') }
}

/** Leading zeros within a UID are wrong (PS3.5 9.1), and there are devices that write them. */
const isUidEnough = (text: string) => /^[0-9.]{1,64}$/.test(text)

const tagOf = (tag: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt16LE(tag >>> 16, 0)
  bytes.writeUInt16LE(tag & 0xffff, 2)
  return bytes
}
/** AttributeIdentifierList (0000,1005). */
const namesStatus = [{ tag: 0x00001005, vr: 'AT', value: tagOf(performedStepStatus) }]

/** PS3.7 annex C and PS3.4 table F.7.2-2: 0xA710 says why a step may no longer be updated. */
const refusals: Readonly<Record<StepRefusal, ResponseToWrite>> = {
  duplicate: { status: dicomStatus.duplicateSopInstance },
  unknown: { status: dicomStatus.noSuchSopInstance },
  'of-another-device': { status: dicomStatus.notAuthorized, comment: 'the step was created by another AE title' },
  ended: {
    status: dicomStatus.processingFailure,
    comment: 'Performed Procedure Step Object may no longer be updated',
    elements: [{ tag: 0x00000903, vr: 'US', value: 0xa710 }],
  },
  'status-missing': {
    status: dicomStatus.missingAttribute,
    comment: 'PerformedProcedureStepStatus (0040,0252)',
    elements: namesStatus,
  },
  'status-invalid': {
    status: dicomStatus.invalidAttributeValue,
    comment: 'PerformedProcedureStepStatus (0040,0252)',
    elements: namesStatus,
  },
}

/** Attributes that PS3.4 table F.7.2-1 wants with a value and many devices leave out: taken all the same. */
function leftOut(report: PerformedStepReport): string[] {
  const wanted = { references: report.references?.length, startedAt: report.startedAt, modality: report.modality }
  return Object.entries(wanted).flatMap(([name, value]) => (value ? [] : [name]))
}
