import { z } from 'zod'
import type { SlicePlace, Vector } from './link-scroll.ts'

/** What an image says about itself that can be asked for a whole series without its pixels. */
export type ImageFacts = {
  readonly institution: string
  /** 'YYYY-MM-DD HH:mm:ss', parts that are absent left out. */
  readonly takenAt: string
  readonly place: SlicePlace | undefined
}

/** The DICOM JSON model, PS3.18 F.2, as far as it is asked here. */
export type JsonDataSet = Readonly<Record<string, { readonly Value?: readonly unknown[] | undefined }>>

export const jsonDataSets: z.ZodType<readonly JsonDataSet[]> = z.array(
  z.record(z.string(), z.object({ Value: z.array(z.unknown()).optional() })),
)

const tag = {
  sopInstanceUid: '00080018',
  studyDate: '00080020',
  acquisitionDate: '00080022',
  contentDate: '00080023',
  studyTime: '00080030',
  acquisitionTime: '00080032',
  contentTime: '00080033',
  institution: '00080080',
  position: '00200032',
  orientation: '00200037',
  frameOfReference: '00200052',
  shared: '52009229',
  perFrame: '52009230',
  planePosition: '00209113',
  planeOrientation: '00209116',
} as const

const valuesOf = (set: JsonDataSet | undefined, name: string) => set?.[name]?.Value ?? []
const textOf = (set: JsonDataSet, name: string) => {
  const [value] = valuesOf(set, name)
  return typeof value === 'string' ? value.trim() : ''
}
const numbersOf = (set: JsonDataSet | undefined, name: string) =>
  valuesOf(set, name)
    .map((value) => (typeof value === 'string' ? Number.parseFloat(value) : value))
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value))
const itemsOf = (set: JsonDataSet | undefined, name: string) => valuesOf(set, name) as readonly JsonDataSet[]

export function sopInstanceUidOf(set: JsonDataSet): string {
  return textOf(set, tag.sopInstanceUid)
}

/** DA and TM as people write them. */
function momentOf(set: JsonDataSet): string {
  const pairs = [
    [tag.acquisitionDate, tag.acquisitionTime],
    [tag.contentDate, tag.contentTime],
    [tag.studyDate, tag.studyTime],
  ] as const
  const [day, time] = pairs.find(([date]) => textOf(set, date)) ?? []
  if (!day || !time) return ''
  const date = textOf(set, day).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  const clock = /^(\d\d)(\d\d)(\d\d)?/.exec(textOf(set, time))
  return clock ? `${date} ${[clock[1], clock[2], clock[3]].filter(Boolean).join(':')}` : date
}

function cross(one: Vector, other: Vector): Vector {
  return [
    one[1] * other[2] - one[2] * other[1],
    one[2] * other[0] - one[0] * other[2],
    one[0] * other[1] - one[1] * other[0],
  ]
}

/** Reads the facts of one frame (from 0) out of a data set in the DICOM JSON model; in enhanced objects they stand by frame. Pure. */
export function imageFacts(set: JsonDataSet, frame: number): ImageFacts {
  const groups = [itemsOf(set, tag.perFrame)[frame], itemsOf(set, tag.shared)[0]]
  const grouped = (group: string, name: string) =>
    groups.map((one) => numbersOf(itemsOf(one, group)[0], name)).find((found) => found.length > 0) ??
    numbersOf(set, name)
  const orientation = grouped(tag.planeOrientation, tag.orientation)
  const position = grouped(tag.planePosition, tag.position)
  const isPlaced = orientation.length === 6 && position.length === 3
  const [rows, columns] = [orientation.slice(0, 3), orientation.slice(3)] as unknown as [Vector, Vector]
  return {
    institution: textOf(set, tag.institution),
    takenAt: momentOf(set),
    place: isPlaced
      ? {
          frameOfReference: textOf(set, tag.frameOfReference),
          position: position as unknown as Vector,
          normal: cross(rows, columns),
        }
      : undefined,
  }
}
