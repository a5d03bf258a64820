import type { ExamPage } from '../../../shared/api/views.ts'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import { kindOf } from './other-objects.ts'

/** One picture: a frame of an instance. Frames are counted from 0, as the station's route does. */
export type StackImage = {
  readonly instanceId: string
  readonly sopInstanceUid: string
  readonly frame: number
  readonly instanceNumber: number | null
}

export type ImageSeries = {
  readonly seriesInstanceUid: string
  readonly studyInstanceUid: string
  /** Whose pictures they are: the exam's own, or those of an earlier one beside it. */
  readonly examId: string
  readonly modality: string
  readonly number: string
  readonly description: string
  readonly images: readonly StackImage[]
}

const last = Number.MAX_SAFE_INTEGER
const byNumber = (left: number | null, right: number | null) => (left ?? last) - (right ?? last)

function imagesOf(instances: readonly InstanceFacts[]): readonly StackImage[] {
  return instances
    .toSorted(
      (left, right) => byNumber(left.instanceNumber, right.instanceNumber) || left.receivedAt - right.receivedAt,
    )
    .flatMap(({ id, sopInstanceUid, numberOfFrames, instanceNumber }) =>
      Array.from({ length: Math.max(1, numberOfFrames) }, (_, frame) => ({
        instanceId: id,
        sopInstanceUid,
        frame,
        instanceNumber,
      })),
    )
}

/** What the viewer scrolls through: series in their order, each with its pictures. What is no picture stands in otherObjectsOf. */
export function seriesOf(studies: ExamPage['studies'], examId = ''): readonly ImageSeries[] {
  const pictures = studies.flatMap((study) => study.instances).filter((instance) => kindOf(instance) === 'picture')
  const bySeries = Map.groupBy(pictures, (instance) => instance.seriesInstanceUid)
  return [...bySeries.entries()]
    .map(([seriesInstanceUid, instances]) => ({ seriesInstanceUid, instances, first: instances[0] as InstanceFacts }))
    .toSorted((left, right) => byNumber(left.first.seriesNumber, right.first.seriesNumber))
    .map(({ seriesInstanceUid, instances, first }) => ({
      seriesInstanceUid,
      studyInstanceUid: first.studyInstanceUid,
      examId,
      modality: first.modality,
      number: first.seriesNumber === null ? '' : String(first.seriesNumber),
      description: first.seriesDescription,
      images: imagesOf(instances),
    }))
}

/** Under which a picture's marks are kept. */
export const pictureKeyOf = ({ instanceId, frame }: Pick<StackImage, 'instanceId' | 'frame'>) =>
  `${instanceId}/${frame}`
