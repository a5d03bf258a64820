/** 1 to 9 for the key of a digit, by its place too: an input method says 'Process' for it. Undefined within a composition. */
export function digitOf(event: {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly isComposing: boolean
}): number | undefined {
  const { key, code, ctrlKey, altKey, metaKey, shiftKey, isComposing } = event
  if (ctrlKey || altKey || metaKey || shiftKey || isComposing) return undefined
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? (/^[1-9]$/.test(key) ? key : undefined)
  return digit === undefined ? undefined : Number(digit)
}
