import { createHash } from 'node:crypto'
import {
  modalityWorklistFind,
  performedStepClass,
  storageCommitmentClass,
  storageCommitmentInstance,
  verificationSopClass,
} from '../../shared/dicom/sop-class.ts'
import { explicitVrLittleEndian, implicitVrLittleEndian } from '../../shared/dicom/transfer-syntax.ts'
import type { Device } from '../../shared/models/settings.ts'
import { chinaCompactDay, chinaCompactTime } from '../../shared/text/china-time.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import {
  AssociationFailed,
  type DicomAssociation,
  type GrantedContext,
  openAssociation,
  type WantedContext,
} from './dicom-association.ts'
import { nameOf, type SamplePatient, sampleInstance, sopClassOf } from './sample-instance.ts'
import {
  type CommitmentAnswer,
  commitmentQuestion,
  type NamedObject,
  readCommitmentAnswer,
  stepBeginning,
  stepEnd,
} from './simulated-step.ts'
import {
  readWorklistItem,
  type SimulatedWorklistItem,
  type WorklistKeys,
  worklistIdentifier,
} from './simulated-worklist.ts'

export type SimulatedModalitySetup = {
  readonly aeTitle: string
  readonly station: { readonly aeTitle: string; readonly host: string; readonly port: number }
  /** How the device writes text, in its questions and in its images. */
  readonly characterSet?: Device['characterSet']
  readonly clock?: () => number
}

/** Images of a worklist item, or of a patient whom the operator typed in. Identifiers given here go before the item's. */
export type StudyToSend = {
  readonly item?: SimulatedWorklistItem
  readonly patient?: SamplePatient
  readonly instances: number
  readonly modality?: string
  readonly accessionNumber?: string
  readonly studyInstanceUid?: string
  readonly description?: string
  readonly bodyPart?: string
  readonly at?: number
}

export type SentInstance = {
  readonly sopInstanceUid: string
  readonly status: number
  readonly sha256: string
  readonly sizeBytes: number
}
export type SentStudy = {
  readonly studyInstanceUid: string
  readonly accessionNumber: string
  readonly instances: readonly SentInstance[]
}

export type TakenStudy = {
  readonly studyInstanceUid: string
  readonly accessionNumber: string
  readonly objects: readonly RawObject[]
}

/** An object to be sent exactly as it is. */
export type RawObject = {
  readonly sopClassUid: string
  readonly sopInstanceUid: string
  readonly transferSyntaxUid: string
  readonly dataSet: Buffer
}

export type SimulatedModality = ReturnType<typeof createSimulatedModality>

/** A device as it stands in a clinic: it asks for its worklist and sends images with what it got. */
export function createSimulatedModality(setup: SimulatedModalitySetup) {
  const { aeTitle, station, characterSet = 'gb18030', clock = Date.now } = setup

  async function withAssociation<T>(
    wanted: readonly WantedContext[],
    work: (association: DicomAssociation) => Promise<T>,
  ) {
    const address = { callingAeTitle: aeTitle, calledAeTitle: station.aeTitle, host: station.host, port: station.port }
    const association = await openAssociation(address, wanted)
    try {
      const result = await work(association)
      await association.release()
      return result
    } finally {
      association.cut()
    }
  }

  function withContext<T>(
    abstractSyntax: string,
    work: (association: DicomAssociation, context: GrantedContext) => Promise<T>,
  ): Promise<T> {
    return withAssociation([{ abstractSyntax, transferSyntaxes: [explicitVrLittleEndian] }], async (association) => {
      const context = association.contextFor(abstractSyntax)
      if (!context) throw new AssociationFailed('rejected')
      return work(association, context)
    })
  }

  async function sendObjects(objects: readonly RawObject[]): Promise<SentInstance[]> {
    const kinds = new Map(objects.map((one) => [`${one.sopClassUid} ${one.transferSyntaxUid}`, one]))
    const wanted = [...kinds.values()].map(({ sopClassUid, transferSyntaxUid }) => ({
      abstractSyntax: sopClassUid,
      transferSyntaxes: [transferSyntaxUid],
    }))
    return withAssociation(wanted, async (association) => {
      const sent: SentInstance[] = []
      for (const { sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet } of objects) {
        const context = association.contextFor(sopClassUid, transferSyntaxUid)
        const status = context ? await association.store(context, sopInstanceUid, dataSet) : noContext
        const sha256 = createHash('sha256').update(dataSet).digest('hex')
        sent.push({ sopInstanceUid, status, sha256, sizeBytes: dataSet.length })
      }
      return sent
    })
  }

  /** Takes the images of a study without sending them: what is kept by the device until they were acknowledged. */
  function takeImages(order: StudyToSend): TakenStudy {
    const { item, patient } = order
    const at = order.at ?? clock()
    const study = {
      studyInstanceUid: order.studyInstanceUid ?? item?.studyInstanceUid ?? newUid(),
      seriesInstanceUid: newUid(),
      accessionNumber: order.accessionNumber ?? item?.accessionNumber ?? '',
      requestedProcedureId: item?.requestedProcedureId ?? '',
      patientName: patient ? nameOf(patient) : (item?.patientName ?? ''),
      patientId: patient?.patientId ?? item?.patientId ?? '',
      patientSex: patient?.sex ?? item?.patientSex ?? '',
      patientBirthDate: patient?.birthDate ?? item?.patientBirthDate ?? '',
      modality: order.modality ?? item?.modality ?? 'DX',
      description: order.description ?? item?.requestedProcedureDescription ?? '',
      bodyPart: order.bodyPart ?? '',
      ...(item && { orderWords: `${item.requestedProcedureDescription} ${item.stepDescription}` }),
      stationName: aeTitle,
      studyDate: chinaCompactDay(at),
      studyTime: chinaCompactTime(at),
      characterSet,
    }
    const objects = Array.from({ length: order.instances }, (_, index) => ({
      ...sampleInstance(study, index + 1, order.instances),
      transferSyntaxUid: explicitVrLittleEndian,
    }))
    const { studyInstanceUid, accessionNumber } = study
    return { studyInstanceUid, accessionNumber, objects }
  }

  return {
    /** C-ECHO; false when the station does not let this device in. */
    async echo(): Promise<boolean> {
      try {
        return await withAssociation(
          [{ abstractSyntax: verificationSopClass, transferSyntaxes: [implicitVrLittleEndian] }],
          async (to) => {
            const context = to.contextFor(verificationSopClass)
            return context !== undefined && (await to.echo(context)) === 0
          },
        )
      } catch (error) {
        if (error instanceof AssociationFailed) return false
        throw error
      }
    },
    /** Throws AssociationFailed when the station does not let this device in. */
    async findWorklist(keys: WorklistKeys = {}): Promise<SimulatedWorklistItem[]> {
      const wanted = { abstractSyntax: modalityWorklistFind, transferSyntaxes: [implicitVrLittleEndian] }
      return withAssociation([wanted], async (association) => {
        const context = association.contextFor(modalityWorklistFind)
        if (!context) throw new AssociationFailed('rejected')
        const { answers, status } = await association.find(context, worklistIdentifier(keys, characterSet))
        if (status !== 0) throw new Error(`C-FIND ended with status 0x${status.toString(16)}`)
        return answers.map(readWorklistItem)
      })
    },
    takeImages,
    async sendStudy(order: StudyToSend): Promise<SentStudy> {
      const { objects, ...study } = takeImages(order)
      return { ...study, instances: await sendObjects(objects) }
    },
    sendObjects,
    sopClassOf,

    /** MPPS: the step begins (N-CREATE). Several items are done in one go. */
    async beginStep(items: readonly SimulatedWorklistItem[]): Promise<{ sopInstanceUid: string; status: number }> {
      const sopInstanceUid = newUid()
      const dataSet = stepBeginning(items, { aeTitle, at: clock(), characterSet })
      const { status } = await withContext(performedStepClass, (to, context) =>
        to.create(context, sopInstanceUid, dataSet),
      )
      return { sopInstanceUid, status: status ?? -1 }
    },
    /** MPPS: the step ends (N-SET), with the objects that were made, or with the reason why it was broken off. */
    async endStep(
      sopInstanceUid: string,
      end: { status: 'COMPLETED' | 'DISCONTINUED'; objects: readonly NamedObject[]; reason?: string },
    ): Promise<number> {
      const dataSet = stepEnd({ ...end, at: clock(), characterSet })
      const { status } = await withContext(performedStepClass, (to, context) =>
        to.set(context, sopInstanceUid, dataSet),
      )
      return status ?? -1
    },
    /** Asks whether the station answers for these objects (N-ACTION), and waits for its report on the same association. */
    async commit(objects: readonly NamedObject[]): Promise<{ status: number; answer: CommitmentAnswer | undefined }> {
      return withContext(storageCommitmentClass, async (to, context) => {
        const question = commitmentQuestion(newUid(), objects)
        const { status } = await to.action(context, storageCommitmentInstance, 1, question)
        const answer = status === 0 ? readCommitmentAnswer(await to.report()) : undefined
        return { status: status ?? -1, answer }
      })
    },
  }
}

/** No presentation context was granted for the object: it was not sent. */
export const noContext = -1
