import type { ImageKind } from './pixels-for-tests.ts'

const grey = (name: string, bitsAllocated: 8 | 16, bitsStored: number, more: Partial<ImageKind> = {}): ImageKind => ({
  name,
  bitsAllocated,
  bitsStored,
  photometric: 'MONOCHROME2',
  ...more,
})
const colour = (name: string, photometric: string, more: Partial<ImageKind> = {}) =>
  grey(name, 8, 8, { photometric, ...more })

/** What devices write, each as a small picture. */
export const pixelKinds: readonly ImageKind[] = [
  grey('grey-8', 8, 8),
  grey('grey-8-inverse', 8, 8, { photometric: 'MONOCHROME1' }),
  grey('grey-10', 16, 10),
  grey('grey-12', 16, 12),
  grey('grey-12-inverse', 16, 12, { photometric: 'MONOCHROME1' }),
  grey('grey-12-signed', 16, 12, { isSigned: true }),
  grey('grey-16', 16, 16),
  grey('grey-16-signed', 16, 16, { isSigned: true }),
  grey('film-8', 8, 8, { frames: 3 }),
  grey('film-12', 16, 12, { frames: 3 }),
  colour('rgb', 'RGB'),
  colour('rgb-planes', 'RGB', { planar: 1 }),
  colour('rgb-film', 'RGB', { frames: 3 }),
  colour('ybr', 'YBR_FULL'),
  colour('ybr-planes', 'YBR_FULL', { planar: 1 }),
  colour('ybr-422', 'YBR_FULL_422'),
  colour('palette', 'PALETTE COLOR'),
]

/** 32 bits in big endian OW: other programs swap words of 16 bits only, and draw noise where the same dose in little endian is a dose. */
export const dcmtkCannot = /rtdose_expb(_1frame)?\.dcm$/
