import type { ElementValues } from '../../../shared/dicom/element-values.ts'

export type UltrasoundRegion = {
  /** Pixels of the image, from 0, both ends included. */
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly millimetresPerColumn: number
  readonly millimetresPerRow: number
}

export type WindowPreset = { readonly center: number; readonly width: number; readonly explanation: string }

/** What an image says about where it lies in the body, how fast it moves and how it likes to be seen; absent where it is silent. */
export type FrameFacts = {
  /** Millimetres on a scanned film or document (0018,2010): of the paper, not of the body. */
  readonly scannedSpacing?: { readonly row: number; readonly column: number } | undefined
  /** PixelSpacingCalibrationType (0028,0A02): GEOMETRY or FIDUCIAL. */
  readonly spacingCalibration?: string | undefined
  readonly magnification?: number | undefined
  /** Height and width of a pixel, PixelAspectRatio (0028,0034), where no spacing says more. */
  readonly pixelAspectRatio?: readonly [number, number] | undefined
  readonly ultrasoundRegions?: readonly UltrasoundRegion[] | undefined
  readonly imageOrientation?: readonly number[] | undefined
  readonly imagePosition?: readonly number[] | undefined
  readonly frameOfReferenceUid?: string | undefined
  readonly sliceLocation?: number | undefined
  readonly sliceThickness?: number | undefined
  readonly patientOrientation?: readonly [string, string] | undefined
  readonly laterality?: string | undefined
  readonly viewPosition?: string | undefined
  readonly framesPerSecond?: number | undefined
  readonly windows?: readonly WindowPreset[] | undefined
}

const sharedFunctionalGroups = 0x52009229
const perFrameFunctionalGroups = 0x52009230
const planePosition = 0x00209113
const planeOrientation = 0x00209116
const frameAnatomy = 0x00209071
const frameVoiLut = 0x00289132
const pixelMeasures = 0x00289110
const ultrasoundRegionsSequence = 0x00186011
const centimetres = 3
const mostWindows = 16

/** Pure. `frame` from 0: enhanced objects say it by frame (PS3.3 C.7.6.16). `values` decodes the explanations of windows. */
export function frameFacts(values: ElementValues, frame: number): FrameFacts {
  const shared = values.items(sharedFunctionalGroups)[0]
  const own = values.has(perFrameFunctionalGroups) ? values.items(perFrameFunctionalGroups)[frame] : undefined
  const from = (group: number) => own?.items(group)[0] ?? shared?.items(group)[0] ?? values
  const numbers = (group: number, tag: number, count: number) => {
    const found = from(group).numbers(tag)
    return found.length === count ? found : undefined
  }
  const orientation = values.text(0x00200020).split('\\')
  const scanned = values.numbers(0x00182010)
  const aspect = values.numbers(0x00280034)
  const facts: FrameFacts = {
    scannedSpacing: scanned[0]! > 0 && scanned[1]! > 0 ? { row: scanned[0]!, column: scanned[1]! } : undefined,
    spacingCalibration: values.text(0x00280a02) || undefined,
    magnification: positive(values.number(0x00181114)),
    pixelAspectRatio: aspect[0]! > 0 && aspect[1]! > 0 ? [aspect[0]!, aspect[1]!] : undefined,
    ultrasoundRegions: someOf(ultrasoundRegionsOf(values)),
    imageOrientation: numbers(planeOrientation, 0x00200037, 6),
    imagePosition: numbers(planePosition, 0x00200032, 3),
    frameOfReferenceUid: values.text(0x00200052) || undefined,
    sliceLocation: values.number(0x00201041),
    sliceThickness: positive(from(pixelMeasures).number(0x00180050)),
    patientOrientation: orientation.length === 2 ? [orientation[0]!.trim(), orientation[1]!.trim()] : undefined,
    laterality: from(frameAnatomy).text(0x00209072) || values.text(0x00200062) || values.text(0x00200060) || undefined,
    viewPosition: values.text(0x00185101) || undefined,
    framesPerSecond: framesPerSecondOf(values),
    windows: someOf(windowsOf(from(frameVoiLut), values)),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

const positive = (value: number | undefined) => (value !== undefined && value > 0 ? value : undefined)
const someOf = <T>(list: readonly T[]) => (list.length > 0 ? list : undefined)

/**
 * PS3.3 C.7.6.5: RecommendedDisplayFrameRate (0008,2144) says how to play, then the time between frames (0018,1063; the mean of
 * (0018,1065)), then CineRate (0018,0040). Frames a second.
 */
function framesPerSecondOf(values: ElementValues): number | undefined {
  const recommended = positive(values.number(0x00082144))
  if (recommended !== undefined) return recommended
  const time = positive(values.number(0x00181063)) ?? positive(mean(values.numbers(0x00181065).slice(1)))
  return time === undefined ? positive(values.number(0x00180040)) : 1000 / time
}

const mean = (list: readonly number[]) =>
  list.length > 0 ? list.reduce((sum, one) => sum + one, 0) / list.length : undefined

function windowsOf(group: ElementValues, values: ElementValues): WindowPreset[] {
  const source = group.numbers(0x00281050).length > 0 ? group : values
  const widths = source.numbers(0x00281051)
  const explanations = source.text(0x00281055).split('\\')
  return source
    .numbers(0x00281050)
    .slice(0, mostWindows)
    .flatMap((center, at) => {
      const width = positive(widths[at])
      return width === undefined ? [] : [{ center, width, explanation: (explanations[at] ?? '').trim() }]
    })
}

/** PS3.3 C.8.5.5: regions whose both axes are centimetres; a spectrum or an M-mode is not measured in millimetres. */
function ultrasoundRegionsOf(values: ElementValues): UltrasoundRegion[] {
  return values.items(ultrasoundRegionsSequence).flatMap((region) => {
    const inCentimetres = region.number(0x00186024) === centimetres && region.number(0x00186026) === centimetres
    const [left, top, right, bottom] = [0x00186018, 0x0018601a, 0x0018601c, 0x0018601e].map((tag) => region.number(tag))
    const [column, row] = [0x0018602c, 0x0018602e].map((tag) => positive(Math.abs(region.number(tag) ?? 0)))
    if (!inCentimetres || column === undefined || row === undefined) return []
    if (left === undefined || top === undefined || right === undefined || bottom === undefined) return []
    return [{ left, top, right, bottom, millimetresPerColumn: column * 10, millimetresPerRow: row * 10 }]
  })
}
