import { createHash } from 'node:crypto'
import { explicitVrLittleEndian, implicitVrLittleEndian } from '../../shared/dicom/transfer-syntax.ts'
import type { Device } from '../../shared/models/settings.ts'
import { chinaCompactDay, chinaCompactTime } from '../../shared/text/china-time.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { modalityWorklistFind } from '../station/receiver/association-policy.ts'
import { AssociationFailed, type DicomAssociation, openAssociation, type WantedContext } from './dicom-association.ts'
import { nameOf, type SamplePatient, sampleInstance, sopClassOf } from './sample-instance.ts'
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
      const verification = '1.2.840.10008.1.1'
      try {
        return await withAssociation(
          [{ abstractSyntax: verification, transferSyntaxes: [implicitVrLittleEndian] }],
          async (to) => {
            const context = to.contextFor(verification)
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
  }
}

/** No presentation context was granted for the object: it was not sent. */
export const noContext = -1
