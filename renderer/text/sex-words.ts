/** What stands in an image for the sex. A device may write anything there, '__proto__' too. */
export function sexWords(written: string, words: Readonly<Record<string, string>>): string {
  return Object.hasOwn(words, written) ? words[written]! : written
}
