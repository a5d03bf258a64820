import type { ElementValues } from '../../../shared/dicom/element-values.ts'
import type { VoiFunction } from '../../../shared/dicom/voi-window.ts'

/** What an image says about its pixels, PS3.3 C.7.6.3 and C.11; for enhanced objects also by frame (C.7.6.16). */
export type ImageDescription = {
  readonly rows: number
  readonly columns: number
  readonly numberOfFrames: number
  readonly samplesPerPixel: number
  readonly bitsAllocated: number
  readonly bitsStored: number
  readonly highBit: number
  readonly pixelRepresentation: 0 | 1
  readonly planarConfiguration: 0 | 1
  readonly photometricInterpretation: string
  readonly slope: number
  readonly intercept: number
  readonly windowCenter: number | undefined
  readonly windowWidth: number | undefined
  /** VOILUTFunction (0028,1056). */
  readonly voiFunction: VoiFunction
  /** PresentationLUTShape (2050,0020) INVERSE: drawn the other way round. */
  readonly isInverse: boolean
  /** Millimetres. 'detector': ImagerPixelSpacing, larger than the body by the magnification. */
  readonly pixelSpacing:
    | { readonly row: number; readonly column: number; readonly at: 'patient' | 'detector' }
    | undefined
}

const sharedFunctionalGroups = 0x52009229
const perFrameFunctionalGroups = 0x52009230
const pixelMeasures = 0x00289110
const frameVoiLut = 0x00289132
const pixelValueTransformation = 0x00289145

/** Pure. `frame`: of which frame the values are asked, from 0. */
export function imageDescription(values: ElementValues, frame: number): ImageDescription {
  const shared = values.items(sharedFunctionalGroups)[0]
  const own = values.has(perFrameFunctionalGroups) ? values.items(perFrameFunctionalGroups)[frame] : undefined
  const numbers = (tag: number, group: number): readonly number[] => {
    const inGroup = own?.items(group)[0]?.numbers(tag) ?? shared?.items(group)[0]?.numbers(tag)
    return inGroup && inGroup.length > 0 ? inGroup : values.numbers(tag)
  }
  const bitsStored = values.number(0x00280101) ?? values.number(0x00280100) ?? 16
  const voiFunction =
    own?.items(frameVoiLut)[0]?.text(0x00281056) ||
    shared?.items(frameVoiLut)[0]?.text(0x00281056) ||
    values.text(0x00281056)
  return {
    rows: values.number(0x00280010) ?? 0,
    columns: values.number(0x00280011) ?? 0,
    numberOfFrames: Math.max(1, values.number(0x00280008) ?? 1),
    samplesPerPixel: values.number(0x00280002) ?? 1,
    bitsAllocated: values.number(0x00280100) ?? 16,
    bitsStored,
    highBit: values.number(0x00280102) ?? bitsStored - 1,
    pixelRepresentation: values.number(0x00280103) === 1 ? 1 : 0,
    planarConfiguration: values.number(0x00280006) === 1 ? 1 : 0,
    photometricInterpretation: values.text(0x00280004) || 'MONOCHROME2',
    slope: numbers(0x00281053, pixelValueTransformation)[0] || 1,
    intercept: numbers(0x00281052, pixelValueTransformation)[0] ?? 0,
    windowCenter: numbers(0x00281050, frameVoiLut)[0],
    windowWidth: numbers(0x00281051, frameVoiLut)[0],
    voiFunction: voiFunction === 'SIGMOID' || voiFunction === 'LINEAR_EXACT' ? voiFunction : 'LINEAR',
    isInverse: values.text(0x20500020) === 'INVERSE',
    pixelSpacing:
      spacing(numbers(0x00280030, pixelMeasures), 'patient') ?? spacing(values.numbers(0x00181164), 'detector'),
  }
}

function spacing(values: readonly number[], at: 'patient' | 'detector'): ImageDescription['pixelSpacing'] {
  const [row, column] = values
  return row !== undefined && column !== undefined && row > 0 && column > 0 ? { row, column, at } : undefined
}
