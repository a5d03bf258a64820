import type { ImageWindow } from './image-window.ts'

/** Hounsfield windows, in OHIF's order; the mediastinum is ours. */
const hounsfield = {
  soft: { width: 400, center: 40 },
  lung: { width: 1500, center: -600 },
  liver: { width: 150, center: 90 },
  bone: { width: 2500, center: 480 },
  brain: { width: 80, center: 40 },
  mediastinum: { width: 350, center: 50 },
} as const satisfies Record<string, ImageWindow>

/**
 * Elsewhere values have no unit and every device its own range: these go from the window that the image came with. `width` is how many of
 * its widths; `brightness` how many of its widths the middle lies towards what is shown bright: there bones are, below it lungs and skin.
 */
const relative = {
  xrayBone: { width: 0.6, brightness: 0.2 },
  xrayChest: { width: 1.25, brightness: -0.1 },
  xraySoft: { width: 0.6, brightness: -0.2 },
  dense: { width: 0.6, brightness: 0.15 },
  skin: { width: 0.6, brightness: -0.25 },
  highContrast: { width: 0.6, brightness: 0 },
  lowContrast: { width: 1.6, brightness: 0 },
  brighter: { width: 1, brightness: -0.2 },
  darker: { width: 1, brightness: 0.2 },
} as const satisfies Record<string, { readonly width: number; readonly brightness: number }>

export type WindowChoice = keyof typeof hounsfield | keyof typeof relative | 'file' | 'auto'

/** The windows that an image has by itself. */
export type OwnWindows = {
  readonly file: ImageWindow
  /** From its darkest to its brightest value. */
  readonly full: ImageWindow
  /** High values are shown dark: MONOCHROME1, or an inverse presentation. */
  readonly isInverse: boolean
}

const radiograph = ['file', 'xrayBone', 'xrayChest', 'xraySoft', 'highContrast', 'lowContrast', 'auto'] as const
const lists: Readonly<Record<string, readonly WindowChoice[]>> = {
  CT: ['soft', 'lung', 'liver', 'bone', 'brain', 'mediastinum', 'file', 'auto'],
  CR: radiograph,
  DR: radiograph,
  DX: radiograph,
  RG: radiograph,
  MG: ['file', 'dense', 'skin', 'highContrast', 'lowContrast', 'auto'],
}
const usual: readonly WindowChoice[] = ['file', 'highContrast', 'lowContrast', 'brighter', 'darker', 'auto']

/** What the keys of the windows choose, from 1 on: by Modality (0008,0060) of the series. */
export function presetsFor(modality: string): readonly WindowChoice[] {
  return lists[modality] ?? usual
}

/** As it is shown. */
export const tidy = (value: number) => (Math.abs(value) < 10 ? Number(value.toFixed(3)) : Math.round(value))

/** The window that a choice means for an image, in its own values. */
export function windowOfChoice(choice: WindowChoice, { file, full, isInverse }: OwnWindows): ImageWindow {
  if (choice === 'file') return file
  if (choice === 'auto') return full
  if (choice in hounsfield) return hounsfield[choice as keyof typeof hounsfield]
  const { width, brightness } = relative[choice as keyof typeof relative]
  const shift = brightness * file.width * (isInverse ? -1 : 1)
  return { width: Math.max(1, tidy(file.width * width)), center: tidy(file.center + shift) }
}
