/** A key as a listener at the window sees it. `at`: milliseconds of the event itself, so that a busy page does not stretch the gaps. */
export type TypedKey = {
  readonly key: string
  readonly code: string
  readonly shift: boolean
  /** Ctrl, Alt or the command key is held: a shortcut, not text. */
  readonly modified: boolean
  readonly repeat: boolean
  readonly at: number
}

/** Characters that came one right after the other. */
export type Burst = { readonly text: string; readonly firstAt: number; readonly lastAt: number }

/** Readers and scanners leave 1 to 30 ms between keys. The fastest typist leaves 60 on average, single pairs less. */
const longestGap = 50
const averageGap = 30
const fewestCharacters = 6

/** US layout, which readers type in, by the place of the key: what a key says while an input method is switched on ('Process'). */
const plainByCode: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  IntlBackslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
}
const shiftedDigits = ')!@#$%^&*('

function characterOfCode(code: string, shift: boolean): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shift ? letter : letter.toLowerCase()
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  if (digit) return shift ? shiftedDigits[Number(digit)] : digit
  return /^Numpad(\d)$/.exec(code)?.[1] ?? plainByCode[code]?.[shift ? 1 : 0]
}

/**
 * The character that a key types: '\n' for Enter, '\t' for Tab, undefined where it types none. A key that an input method took
 * ('Process', 'Unidentified', or the wide sign '，') is read by its place on the keyboard.
 */
export function characterOf({ key, code, shift }: Pick<TypedKey, 'key' | 'code' | 'shift'>): string | undefined {
  if (code === 'Enter' || code === 'NumpadEnter' || key === 'Enter') return '\n'
  if (code === 'Tab' || key === 'Tab') return '\t'
  if (/^[\x20-\x7e]$/.test(key)) return key
  const byPlace = characterOfCode(code, shift)
  if (byPlace !== undefined) return byPlace
  return [...key].length === 1 ? key : undefined
}

const typesNothing = (code: string, key: string) => /^(Shift|CapsLock)/.test(code) || key === 'Shift'

/** The burst with this key: goes on, begins anew, or undefined when the key is no text. */
export function nextBurst(burst: Burst | undefined, pressed: TypedKey): Burst | undefined {
  if (pressed.repeat || pressed.modified) return undefined
  // Readers hold Shift for capital letters.
  if (typesNothing(pressed.code, pressed.key)) return burst
  const character = characterOf(pressed)
  if (character === undefined) return undefined
  const goesOn = burst !== undefined && pressed.at - burst.lastAt <= longestGap
  if (goesOn) return { text: burst.text + character, firstAt: burst.firstAt, lastAt: pressed.at }
  return character === '\n' || character === '\t'
    ? undefined
    : { text: character, firstAt: pressed.at, lastAt: pressed.at }
}

/** Whether no person typed this. A character that only a program can send as one key (张) says so at once. */
export function isMachineTyping({ text, firstAt, lastAt }: Burst): boolean {
  const count = [...text].length
  if (count < 2 || (lastAt - firstAt) / (count - 1) > averageGap) return false
  return count >= fewestCharacters || /\P{ASCII}/u.test(text)
}
