import type { ReportCheck } from '../models/report.ts'
import { type Place, placesOf } from './clauses.ts'
import { fieldWords, found, type ReportTexts, type TextField } from './found.ts'

const number = String.raw`(?<![\d.])\d{1,6}(?:\.\d{1,4})?`
const measure = new RegExp(String.raw`${number}\s?(?:cm|mm|厘米|毫米)(?![a-zA-Z²³23^])`, 'gu')
const misspelt = new RegExp(String.raw`${number}\s?(?:cn|mn|nm|nn|vm|m\sm|c\sm|CM|MM|Cm|Mm|cM|mM)(?![a-zA-Z])`, 'gu')
/** '1..2', and '3.4.5cm'; not 颈5.6.7 and not the day 2026.11.21. */
const twoPoints = /(?<![\d.])\d{1,6}\.\.\d{1,6}|(?<![\d.])\d{1,4}\.\d{1,4}\.\d{1,4}(?=\s?(?:cm|mm|厘米|毫米|×))/gu

/** Longer than anything that is measured in a body, shorter than anything that is seen: most often cm and mm were mixed up. */
const longestMillimetres = 600
const shortestMillimetres = 0.1

type Measure = Place & { readonly value: string; readonly unit: 'cm' | 'mm' }

function measuresIn(text: string): Measure[] {
  return placesOf(text, measure).map((place) => ({
    ...place,
    value: /^[\d.]+/.exec(place.text)?.[0] ?? '',
    unit: /cm|厘米/.test(place.text) ? 'cm' : 'mm',
  }))
}

/** Units and numbers: typing slips, lengths that cannot be, and a number whose unit is another one in the other text. */
export function checkMeasures(texts: ReportTexts): ReportCheck[] {
  const fields: readonly TextField[] = ['findings', 'impression']
  return [...fields.flatMap((field) => inOneText(texts[field], field)), ...unitsDiffer(texts)]
}

function inOneText(text: string, field: TextField): ReportCheck[] {
  const impossible = measuresIn(text).filter(({ value, unit }) => {
    const millimetres = Number(value) * (unit === 'cm' ? 10 : 1)
    return millimetres > longestMillimetres || (millimetres > 0 && millimetres < shortestMillimetres)
  })
  return [
    ...placesOf(text, misspelt).map((place) =>
      found(
        'warn',
        'unit-misspelt',
        field,
        place,
        `“${place.text}”的单位像是打错了`,
        `“${place.text}”: the unit looks misspelt.`,
      ),
    ),
    ...placesOf(text, twoPoints).map((place) =>
      found(
        'warn',
        'number',
        field,
        place,
        `“${place.text}”不像一个数`,
        `“${place.text}” does not look like a number.`,
      ),
    ),
    ...impossible.map((place) =>
      found(
        'warn',
        'measure',
        field,
        place,
        `${fieldWords[field].zh}里的“${place.text}”不合常理，请核对单位（cm/mm）`,
        `“${place.text}” is implausible: check the unit.`,
      ),
    ),
  ]
}

/** '12mm' in the findings and '12cm' in the impression. */
function unitsDiffer({ findings, impression }: ReportTexts): ReportCheck[] {
  const seen = measuresIn(findings)
  return measuresIn(impression).flatMap((place) => {
    const same = seen.filter(({ value }) => value === place.value)
    if (!same[0] || same.some(({ unit }) => unit === place.unit)) return []
    return found(
      'warn',
      'unit-differs',
      'impression',
      place,
      `诊断写“${place.text}”，所见里是“${same[0].text}”`,
      `The impression says “${place.text}”, the findings “${same[0].text}”.`,
    )
  })
}
