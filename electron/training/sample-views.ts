import { bodyPartsIn, bodySidesIn } from '../../shared/text/body-words.ts'

/** How one radiograph was taken and lies on the screen. */
export type SampleView = {
  readonly phantom: 'chest' | 'hand' | 'knee' | 'spine'
  readonly isSide: boolean
  /** BodyPartExamined (0018,0015), PS3.16 annex L; '' where the words name no part. */
  readonly bodyPart: string
  /** ImageLaterality (0020,0062); 'U' also where the words name no side. */
  readonly laterality: 'L' | 'R' | 'U'
  /** ViewPosition (0018,5101). */
  readonly viewPosition: 'PA' | 'AP' | 'LL' | 'RL'
  /** PatientOrientation (0020,0020): where the rows and the columns go, PS3.3 C.7.6.1.1.1. A limb's end is its foot. */
  readonly patientOrientation: 'L\\F' | 'L\\H' | 'P\\F'
}

/** What a radiograph is ordered with: '左膝关节正侧位 左膝'. `bodyPart`: what the device was told besides, '' for nothing. */
export type ViewOrder = { readonly words: string; readonly bodyPart: string }

type Kind = {
  readonly phantom: SampleView['phantom']
  readonly bodyPart: string
  readonly front: 'PA' | 'AP'
  readonly isPaired: boolean
}

/** In this order: '胸腰椎' is a spine, '膝' with '下肢' a knee. */
const kinds: readonly (readonly [region: string, Kind])[] = [
  ['spine', { phantom: 'spine', bodyPart: 'LSPINE', front: 'AP', isPaired: false }],
  ['chest', { phantom: 'chest', bodyPart: 'CHEST', front: 'PA', isPaired: false }],
  ['knee', { phantom: 'knee', bodyPart: 'KNEE', front: 'AP', isPaired: true }],
  ['abdomen', { phantom: 'spine', bodyPart: 'ABDOMEN', front: 'AP', isPaired: false }],
  ['hand', { phantom: 'hand', bodyPart: 'HAND', front: 'PA', isPaired: true }],
]
const unknown: Kind = { phantom: 'hand', bodyPart: '', front: 'PA', isPaired: true }

function kindOf({ words, bodyPart }: ViewOrder): Kind {
  for (const text of [bodyPart, words]) {
    const regions = bodyPartsIn(text)
    const kind = kinds.find(([region]) => regions.includes(region))?.[1]
    if (kind) return kind
  }
  return unknown
}

function spineOf(words: string): string {
  if (/颈/u.test(words)) return 'CSPINE'
  return /胸椎/u.test(words) ? 'TSPINE' : 'LSPINE'
}

/** Pure: the view of the radiograph with this number (from 1). '正侧位' goes to and fro, '侧位' alone is a side view, all else a front view. */
export function sampleViewOf(order: ViewOrder, number: number): SampleView {
  const kind = kindOf(order)
  const { words } = order
  const hasSide = kind.phantom !== 'hand' && /侧位|LATERAL/iu.test(words)
  const isSide = hasSide && (!/正|AP|PA/u.test(words) || number % 2 === 0)
  const sides = kind.isPaired ? bodySidesIn(words) : []
  const laterality = sides.length === 1 && sides[0] ? sides[0] : 'U'
  return {
    phantom: kind.phantom,
    isSide,
    bodyPart: order.bodyPart || (kind.bodyPart === 'LSPINE' ? spineOf(words) : kind.bodyPart),
    laterality,
    viewPosition: isSide ? (laterality === 'R' ? 'RL' : 'LL') : kind.front,
    patientOrientation: isSide ? 'P\\F' : kind.phantom === 'hand' ? 'L\\H' : 'L\\F',
  }
}
