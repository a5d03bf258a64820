import { dicomStatus } from '../../../shared/dicom/dicom-status.ts'
import { describeProblem } from '../../../shared/problems/problem.ts'
import type { Archive } from '../archive/archive.ts'
import type { ObjectAnnouncement, Refused } from '../archive/store-outcome.ts'

/** Status and ErrorComment (0000,0902) of a C-STORE-RSP. */
export type StoreAnswer = {
  readonly status: number
  readonly comment: string | undefined
  readonly isKept: boolean
  /** Of an object that was kept. */
  readonly studyInstanceUid?: string
}

/** One C-STORE between its command and its answer: bytes go to the archive as they come. */
export type InstanceReceipt = {
  take(piece: Buffer): Promise<void> | undefined
  /** Success is said only after the archive said that the object is on the disk and in the index. */
  end(): Promise<StoreAnswer>
  breakOff(): Promise<void>
}

/**
 * A full disk is refused, but the data set is still taken from the line and let go: PS3.7 9.3.1 has no answer before its end, and
 * the sender keeps what it got no success for.
 */
export async function receiveInstance(
  archive: Pick<Archive, 'mayAccept' | 'begin'>,
  object: ObjectAnnouncement,
): Promise<InstanceReceipt> {
  const acceptance = await archive.mayAccept()
  if (acceptance.kind === 'refused') return refusedReceipt(refusal(acceptance))
  const incoming = archive.begin(object)
  return {
    take: incoming.write,
    breakOff: incoming.abandon,
    async end() {
      const outcome = await incoming.finish()
      switch (outcome.kind) {
        case 'stored':
        case 'already-had':
        case 'new-version': {
          const kept = { isKept: true, studyInstanceUid: outcome.instance.studyInstanceUid }
          return outcome.isCutShort
            ? {
                status: dicomStatus.storedDataSetDoesNotMatchSopClass,
                comment: 'kept, but the data set is cut short',
                ...kept,
              }
            : { status: dicomStatus.success, comment: undefined, ...kept }
        }
        case 'refused':
          return refusal(outcome)
      }
    },
  }
}

/** The data set is taken from the line and let go. */
export const refusedReceipt = (answer: StoreAnswer): InstanceReceipt => ({
  take: () => undefined,
  end: async () => answer,
  breakOff: async () => {},
})

/** PS3.7 9.1.1.1.9: the class of a C-STORE is that of its context; another one was not negotiated there. */
export const otherClass: StoreAnswer = {
  status: dicomStatus.sopClassNotSupported,
  comment: 'AffectedSOPClassUID is not that of the presentation context',
  isKept: false,
}

/** ErrorComment is LO: at most 64 characters. */
function refusal({ status, problem }: Refused): StoreAnswer {
  const said = describeProblem(problem).english.replace(/\.$/, '')
  return { status, comment: said.slice(0, 64), isKept: false }
}
