import type { Template } from '../../../shared/models/writing.ts'
import { readingOfText } from '../../../shared/text/person-name.ts'

const readings = new Map<string, { readonly initials: string; readonly full: string }>()

/** '胸部正常' → 'xbzc' and 'xiongbuzhengchang'; signs without a reading stand for themselves. */
function readingOf(text: string): { readonly initials: string; readonly full: string } {
  const known = readings.get(text)
  if (known) return known
  const signs = readingOfText(text).map(({ origin, syllable }) => (syllable || origin).toLowerCase().trim())
  const reading = { initials: signs.map((sign) => sign.slice(0, 1)).join(''), full: signs.join('') }
  readings.set(text, reading)
  return reading
}

/** Whether every word typed is in the text, as it stands, as pinyin or as pinyin initials. */
export function foundIn(text: string, search: string): boolean {
  const plain = text.toLowerCase()
  const { initials, full } = readingOf(text)
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return words.every((word) => plain.includes(word) || initials.includes(word) || full.includes(word))
}

export function matchesTemplate({ name, folder }: Pick<Template, 'name' | 'folder'>, search: string): boolean {
  return foundIn(`${folder}/${name}`, search)
}

/** The first nine that Alt and a digit put in: favourites first, then what this person uses most. */
export function quickTemplates(templates: readonly Template[]): readonly Template[] {
  return [...templates]
    .filter((template) => template.isFavourite || template.uses > 0)
    .sort(
      (a, b) =>
        Number(b.isFavourite) - Number(a.isFavourite) || b.uses - a.uses || a.name.localeCompare(b.name, 'zh-CN'),
    )
    .slice(0, 9)
}
