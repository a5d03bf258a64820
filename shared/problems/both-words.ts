/** A piece of a sentence in either language, for a place in a problem's words. */
export type BothWords = { readonly chinese: string; readonly english: string }

export const inBoth = (chinese: string, english: string): BothWords => ({ chinese, english })

/** What is written the same way in both: a name, a number, a code of the operating system. */
export const asItIs = (text: string): BothWords => ({ chinese: text, english: text })

/** One after the other, as each language lists things. */
export const listed = (words: readonly BothWords[]): BothWords => ({
  chinese: words.map((one) => one.chinese).join('、'),
  english: words.map((one) => one.english).join(', '),
})

/** Whole statements, one after the other. */
export const statements = (words: readonly BothWords[]): BothWords => ({
  chinese: words.map((one) => one.chinese).join('；'),
  english: words.map((one) => one.english).join('; '),
})

/** What `{name}` is filled with in a problem's `with`: `{ detail, detailInEnglish }`. */
export const filling = (name: string, words: BothWords): Readonly<Record<string, string>> => ({
  [name]: words.chinese,
  [`${name}InEnglish`]: words.english,
})
