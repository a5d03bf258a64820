import type { InstanceFacts } from '../../../shared/models/study.ts'

/** Names that every file system takes; what a person reads first stands first. */
const forbidden = /[\\/:*?"<>|\p{Cc}\p{Bidi_Control}]/gu
const longestName = 40

const plain = (text: string): string =>
  [...text.replace(forbidden, ' ').replace(/\s+/gu, ' ').trim()]
    .slice(0, longestName)
    .join('')
    .replace(/[. ]+$/u, '')

const numbered = (number: number, digits: number) => String(number).padStart(digits, '0')

export type NamedInstance = {
  readonly instance: InstanceFacts
  /** 'S01 胸部正位/0001': without an extension. */
  readonly path: string
  /** The same without a word of the images: 'S01/0001'. */
  readonly plainPath: string
}

/** Pure. A folder a series, numbered in the order of the exam; no two have the same name. */
export function namedInstances(instances: readonly InstanceFacts[]): NamedInstance[] {
  const series = [...new Set(instances.map((instance) => instance.seriesInstanceUid))]
  const counts = new Map<string, number>()
  return instances.map((instance) => {
    const { seriesInstanceUid: uid, seriesDescription, modality } = instance
    const number = (counts.get(uid) ?? 0) + 1
    counts.set(uid, number)
    const folder = `S${numbered(series.indexOf(uid) + 1, 2)}`
    const words = plain(seriesDescription) || plain(modality)
    const file = numbered(number, 4)
    return { instance, path: `${words ? `${folder} ${words}` : folder}/${file}`, plainPath: `${folder}/${file}` }
  })
}

/** Pure. 'S01 胸部正位/0001.jpg', of a film '…/0001-012.jpg', frame from 0. */
export function pictureName({ instance, path }: NamedInstance, frame: number): string {
  return instance.numberOfFrames > 1 ? `${path}-${numbered(frame + 1, 3)}.jpg` : `${path}.jpg`
}
