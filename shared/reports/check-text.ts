import type { ReportCheck } from '../models/report.ts'
import { gb18030Length } from '../text/gb18030-length.ts'
import type { CheckFacts } from './check-facts.ts'
import { type Place, placesOf } from './clauses.ts'
import { fieldWords, found, type ReportTexts, type TextField, textFields } from './found.ts'

/** What a template leaves to be filled in or chosen. */
const blanks =
  /[_＿]{2,}|【\s{0,20}】|【请[^【】]{0,60}】|【(?![A-Za-z]?\d+[/／])[^【】/／]{0,60}[/／][^【】]{0,60}】|【[^【】_＿]{0,60}[_＿][^【】]{0,60}】|(?:约|第|径|为)\s?[×xX]{1,4}(?=\s?(?:cm|mm|mL|%|％|[肋腰颈胸前后]|[，。；]))|×{2,}|(?<![A-Za-z])[xX]{2,}(?![A-Za-z])/gu
const emptyBrackets = /（\s*）|\(\s*\)|\{\s*\}/gu
/** Never printed and never typed on purpose, or left by a wrong decoding. */
const unprintable = /(?![\t\n\r])\p{Cc}|(?!\ue5e5)[\p{Cf}\p{Co}\ufffc\ufffd]/gu
/** As `cannotBeGb18030`: half of a surrogate pair (a damaged paste), and the one code point without a code. */
const unsendable = /[\p{Cs}\ue5e5]/gu
const pictures = /\p{Extended_Pictographic}(?<![©®™])/gu
const fullWidth = /[０-９Ａ-Ｚａ-ｚ]+/gu

/** The words themselves: what must not stand in any report, whoever the patient is. */
export function checkText(texts: ReportTexts, { forbiddenWords }: CheckFacts): ReportCheck[] {
  return textFields.flatMap((field) => {
    const text = texts[field]
    return [
      ...each(text, blanks, (place) =>
        found(
          'stop',
          'blank',
          field,
          place,
          `${zh(field)}里还有没填的空“${place.text}”`,
          `Not filled in: “${place.text}”.`,
        ),
      ),
      ...each(text, emptyBrackets, (place) =>
        found('warn', 'brackets', field, place, `${zh(field)}里有空括号`, 'Empty brackets.'),
      ),
      ...forbidden(text, field, forbiddenWords),
      ...characters(text, field),
    ]
  })
}

const zh = (field: TextField): string => fieldWords[field].zh
const each = (text: string, expression: RegExp, say: (place: Place) => ReportCheck): ReportCheck[] =>
  placesOf(text, expression).map(say)

function forbidden(text: string, field: TextField, words: readonly string[]): ReportCheck[] {
  return words.flatMap((word) => {
    const from = word === '' ? -1 : text.indexOf(word)
    if (from < 0) return []
    const place = { text: word, from, to: from + word.length }
    return found('stop', 'forbidden', field, place, `${zh(field)}里有禁用词“${word}”`, `“${word}” must not be used.`)
  })
}

function characters(text: string, field: TextField): ReportCheck[] {
  const lost = placesOf(text, unsendable)
  const code = (place: Place) => `U+${(place.text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  return [
    ...lost.map((place) => ({
      ...found('stop', 'character-lost', field, place, '', `${code(place)} cannot be sent: GB 18030 does not have it.`),
      key: `character-lost:${field}:${code(place)}`,
      words: `${zh(field)}里有平台不能接收的字符（${code(place)}），请删去重打`,
    })),
    ...each(text, unprintable, (place) => ({
      ...found('warn', 'character', field, place, '', `A character that does not print: ${code(place)}.`),
      key: `character:${field}:${code(place)}`,
      words: `${zh(field)}里有看不见或打印不出的字符（${code(place)}）`,
    })),
    ...placesOf(text, pictures)
      .filter((place) => gb18030Length(place.text) > 2)
      .map((place) =>
        found(
          'warn',
          'picture',
          field,
          place,
          `${zh(field)}里有表情符号“${place.text}”`,
          `A pictograph: “${place.text}”.`,
        ),
      ),
    ...each(text, fullWidth, (place) =>
      found(
        'warn',
        'full-width',
        field,
        place,
        `${zh(field)}里“${place.text}”是全角，应为“${place.text.normalize('NFKC')}”`,
        `“${place.text}” is full-width.`,
      ),
    ),
  ]
}
