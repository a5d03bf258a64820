import type { ElementToWrite } from '../../shared/dicom/data-set-writer.ts'
import type { ImageKind } from '../flows/pixels-for-tests.ts'

type Presentation = { readonly name: string; readonly kind: ImageKind; readonly how: readonly string[] }

const window = (center: string, width: string): ElementToWrite[] => [
  { tag: 0x00281050, vr: 'DS', value: center },
  { tag: 0x00281051, vr: 'DS', value: width },
]
const rescale = (slope: string, intercept: string): ElementToWrite[] => [
  { tag: 0x00281052, vr: 'DS', value: intercept },
  { tag: 0x00281053, vr: 'DS', value: slope },
]

/** A curve over 12 bits whose brightest entry is `most`. */
function table(tag: number, most: number, bits: number): ElementToWrite {
  const entries = Buffer.alloc(4096 * 2)
  for (let at = 0; at < 4096; at++) entries.writeUInt16LE(Math.round((at / 4095) ** 2 * most), at * 2)
  const inside: ElementToWrite[] = [
    { tag: 0x00283002, vr: 'US', value: [4096, 0, bits] },
    ...(tag === 0x00283000 ? [{ tag: 0x00283004, vr: 'LO', value: 'US' }] : []),
    { tag: 0x00283006, vr: 'OW', value: entries },
  ]
  return { tag, vr: 'SQ', value: [inside] }
}

const block: readonly ElementToWrite[] = [
  { tag: 0x60000010, vr: 'US', value: 8 },
  { tag: 0x60000011, vr: 'US', value: 16 },
  { tag: 0x60000040, vr: 'CS', value: 'G' },
  { tag: 0x60000050, vr: 'SS', value: Buffer.from(Int16Array.of(11, 21).buffer) },
  { tag: 0x60000100, vr: 'US', value: 1 },
  { tag: 0x60000102, vr: 'US', value: 0 },
  { tag: 0x60003000, vr: 'OW', value: Buffer.from('f00ff00faaaa5555ffffff00ff00ffff', 'hex') },
]

const grey12 = (name: string, more: readonly ElementToWrite[], other: Partial<ImageKind> = {}): ImageKind => ({
  name,
  bitsAllocated: 16,
  bitsStored: 12,
  photometric: 'MONOCHROME2',
  more,
  ...other,
})
const own = ['+Wi', '1']
const lut = ['+Wl', '1']

/** How images want to be seen (PS3.3 C.11), and dcmj2pnm's options for the same. */
export const presentations: readonly Presentation[] = [
  ['wide window', window('2048', '4096'), own],
  ['narrow window', window('2000', '20'), own],
  ['threshold', window('2000', '1'), own],
  ['sigmoid', [...window('2000', '900'), { tag: 0x00281056, vr: 'CS', value: 'SIGMOID' }], [...own, '+Wfs']],
  ['slope and intercept', [...rescale('2', '-1024'), ...window('1000', '400')], own],
  ['slope of a half', [...rescale('0.5', '-100'), ...window('900', '700')], own],
  ['VOI LUT', [table(0x00283010, 4095, 12)], lut],
  ['dark VOI LUT', [table(0x00283010, 900, 12)], lut],
  ['VOI LUT and window', [table(0x00283010, 255, 8), ...window('2000', '20')], lut],
  ['Modality LUT', [table(0x00283000, 65535, 16), ...window('20000', '30000')], own],
  [
    'inverse presentation',
    [...window('2048', '2000'), { tag: 0x20500020, vr: 'CS', value: 'INVERSE' }],
    [...own, '+Piv'],
  ],
  ['overlay', [...window('1500', '3000'), ...block], own],
].map(([name, more, how]) => ({
  name: name as string,
  kind: grey12(name as string, more as readonly ElementToWrite[]),
  how: how as readonly string[],
}))
