import { encodeText } from '../../../shared/dicom/encode-text.ts'

/** Whether a value, in whatever character set it was written, holds one of the words by which somebody could be found. */
export type IdentifyingWords = { readonly areIn: (value: Buffer) => boolean }

const shortestLatin = 4

/**
 * Names, numbers, dates of one person. Of a name each component counts too; what is shorter than 4 Latin letters or 2 others is in too many
 * words to mean somebody.
 */
export function identifyingWords(given: readonly string[]): IdentifyingWords {
  const parts = given.flatMap((word) => [word, ...word.split(/[\^=\\]/u)]).map((word) => word.trim())
  const forms = new Set<string>()
  for (const part of new Set(parts)) {
    const isLatin = /^[\x20-\x7e]*$/.test(part)
    if ([...part].length < (isLatin ? shortestLatin : 2)) continue
    for (const encoding of ['utf-8', 'gb18030'] as const) {
      forms.add(encodeText(part, encoding).toString('latin1').toUpperCase())
    }
  }
  const list = [...forms]
  return {
    areIn(value) {
      const text = value.toString('latin1').toUpperCase()
      return list.some((form) => text.includes(form))
    },
  }
}
