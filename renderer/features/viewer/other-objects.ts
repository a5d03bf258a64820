import type { ExamPage } from '../../../shared/api/views.ts'
import type { InstanceFacts } from '../../../shared/models/study.ts'

/** What an instance is to somebody who wants to see it. */
export type ObjectKind = 'picture' | 'paper' | 'film' | 'other'

export type OtherObject = {
  readonly kind: Exclude<ObjectKind, 'picture'>
  readonly instance: InstanceFacts
  /** Which of its kind, from 1. */
  readonly number: number
}

const encapsulatedPdf = '1.2.840.10008.5.1.4.1.1.104.1'
/** MPEG-2, H.264 and H.265, PS3.5 A.4.5 to A.4.8 and A.4.10: a film lies in one piece and has no frames to leaf through. */
const filmSyntax = /^1\.2\.840\.10008\.1\.2\.4\.10[0-8](\.1)?$/

export function kindOf(instance: InstanceFacts): ObjectKind {
  if (instance.sopClassUid === encapsulatedPdf) return 'paper'
  if (filmSyntax.test(instance.transferSyntaxUid)) return 'film'
  return instance.rows > 0 && instance.columns > 0 ? 'picture' : 'other'
}

/** What lies beside the pictures: papers and films that can be opened, and objects that are only kept and sent. */
export function otherObjectsOf(studies: ExamPage['studies']): readonly OtherObject[] {
  const numbers = new Map<ObjectKind, number>()
  return studies
    .flatMap((study) => study.instances)
    .toSorted((left, right) => left.receivedAt - right.receivedAt)
    .flatMap((instance) => {
      const kind = kindOf(instance)
      if (kind === 'picture') return []
      const number = (numbers.get(kind) ?? 0) + 1
      numbers.set(kind, number)
      return [{ kind, instance, number }]
    })
}

/** Where DICOMweb has the instance, PS3.18 10.4.1. */
export function webAddressOf({ studyInstanceUid, seriesInstanceUid, sopInstanceUid }: InstanceFacts): string {
  return `studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`
}
