import { z } from 'zod'

/** What keys do in the viewer, in the order in which they are listed. */
export const viewerActions = [
  'window-tool',
  'zoom-tool',
  'pan-tool',
  'zoom-in',
  'zoom-out',
  'fit',
  'rotate-right',
  'rotate-left',
  'flip-horizontal',
  'flip-vertical',
  'invert',
  'cine',
  'previous-image',
  'next-image',
  'first-image',
  'last-image',
  'previous-viewport',
  'next-viewport',
  'previous-series',
  'next-series',
  'maximise',
  'reset',
  'cancel',
  'delete-mark',
  'undo',
  'redo',
  'preset-1',
  'preset-2',
  'preset-3',
  'preset-4',
  'preset-5',
  'preset-6',
  'preset-7',
  'preset-8',
  'length-tool',
  'angle-tool',
  'cobb-tool',
  'ctr-tool',
  'rectangle-tool',
  'ellipse-tool',
  'probe-tool',
  'arrow-tool',
  'text-tool',
  'calibration-tool',
  'magnifier-tool',
  'key-image',
  'overlay',
  'graphics',
  'help',
] as const
export type ViewerAction = (typeof viewerActions)[number]

export type Keymap = Readonly<Record<ViewerAction, readonly string[]>>

/** The actions of the windows, in their order. */
export const presetActions = [
  'preset-1',
  'preset-2',
  'preset-3',
  'preset-4',
  'preset-5',
  'preset-6',
  'preset-7',
  'preset-8',
] as const satisfies readonly ViewerAction[]

/** OHIF's set; what OHIF has none for are letters that it leaves free. */
export const defaultKeymap: Keymap = {
  'window-tool': ['w'],
  'zoom-tool': ['z'],
  'pan-tool': ['p'],
  'zoom-in': ['+'],
  'zoom-out': ['-'],
  fit: ['='],
  'rotate-right': ['r'],
  'rotate-left': ['l'],
  'flip-horizontal': ['h'],
  'flip-vertical': ['v'],
  invert: ['i'],
  cine: ['c'],
  'previous-image': ['ArrowUp'],
  'next-image': ['ArrowDown'],
  'first-image': ['Home'],
  'last-image': ['End'],
  'previous-viewport': ['ArrowLeft'],
  'next-viewport': ['ArrowRight'],
  'previous-series': ['PageUp'],
  'next-series': ['PageDown'],
  maximise: ['f'],
  reset: ['Space'],
  cancel: ['Escape'],
  'delete-mark': ['Delete', 'Backspace'],
  undo: ['Ctrl+z'],
  redo: ['Ctrl+y', 'Ctrl+Shift+z'],
  'preset-1': ['1'],
  'preset-2': ['2'],
  'preset-3': ['3'],
  'preset-4': ['4'],
  'preset-5': ['5'],
  'preset-6': ['6'],
  'preset-7': ['7'],
  'preset-8': ['8'],
  'length-tool': ['d'],
  'angle-tool': ['a'],
  'cobb-tool': ['b'],
  'ctr-tool': ['x'],
  'rectangle-tool': ['s'],
  'ellipse-tool': ['e'],
  'probe-tool': [],
  'arrow-tool': ['j'],
  'text-tool': ['t'],
  'calibration-tool': [],
  'magnifier-tool': ['m'],
  'key-image': ['k'],
  overlay: ['o'],
  graphics: ['g'],
  help: ['?'],
}

export type KeyPress = {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const alone = new Set(['Control', 'Shift', 'Alt', 'Meta', 'Process', 'Dead', 'Unidentified', 'Tab', 'CapsLock'])

/** A Chinese input method gives some signs in their wide forms. */
const narrow: Readonly<Record<string, string>> = { '？': '?', '＋': '+', '－': '-', '＝': '=', ' ': 'Space' }

/** 'Ctrl+z', 'ArrowUp', '?'; '' for a key that says nothing by itself. Signs name their own shift, letters and other keys say it. */
export function comboOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string {
  if (alone.has(key)) return ''
  const name = narrow[key] ?? (key.length === 1 ? key.toLowerCase() : key)
  const saysShift = shiftKey && (name.length > 1 || /[a-z]/.test(name))
  return [ctrlKey || metaKey ? 'Ctrl' : '', altKey ? 'Alt' : '', saysShift ? 'Shift' : '', name]
    .filter(Boolean)
    .join('+')
}

export function actionOf(keymap: Keymap, combo: string): ViewerAction | undefined {
  return combo ? viewerActions.find((action) => keymap[action].includes(combo)) : undefined
}

/** Who has the key already, if it is not the one that asks. */
export function conflictOf(keymap: Keymap, action: ViewerAction, combo: string): ViewerAction | undefined {
  const holder = actionOf(keymap, combo)
  return holder === action ? undefined : holder
}

/** Gives a key to an action and takes it from the one that had it. */
export function withKey(keymap: Keymap, action: ViewerAction, combo: string): Keymap {
  const without = Object.fromEntries(
    viewerActions.map((one) => [one, keymap[one].filter((key) => key !== combo)]),
  ) as unknown as Keymap
  return { ...without, [action]: [combo] }
}

/** What was kept for a person; keys of actions that were not known then are the usual ones unless somebody else has them. */
export function readKeymap(kept: string | null): Keymap {
  try {
    const stored = z.record(z.string(), z.array(z.string().max(30)).max(4)).parse(JSON.parse(kept ?? ''))
    const taken = new Set(Object.values(stored).flat())
    return Object.fromEntries(
      viewerActions.map((action) => [
        action,
        stored[action] ?? defaultKeymap[action].filter((combo) => !taken.has(combo)),
      ]),
    ) as unknown as Keymap
  } catch {
    return defaultKeymap
  }
}

const shownNames: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
}

/** As it stands on the keyboard: 'Ctrl+Z', '↑'. */
export function shownCombo(combo: string): string {
  const parts = combo === '+' ? ['+'] : combo.split('+')
  return parts.map((part) => shownNames[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join('+')
}
