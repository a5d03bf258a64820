import type { ReportCheck } from '../models/report.ts'
import type { Place } from './clauses.ts'

export type TextField = 'findings' | 'impression' | 'advice'
export type ReportTexts = Readonly<Record<TextField, string>>

export const textFields: readonly TextField[] = ['findings', 'impression', 'advice']

export const fieldWords: Readonly<Record<TextField, { readonly zh: string; readonly en: string }>> = {
  findings: { zh: '所见', en: 'findings' },
  impression: { zh: '诊断', en: 'impression' },
  advice: { zh: '建议', en: 'advice' },
}

/** A check at a place of a text. Its key names the kind, the field and what stands there, so that it stays when the text around it moves. */
export function found(
  level: ReportCheck['level'],
  kind: string,
  field: TextField,
  { text, from, to }: Place,
  words: string,
  english: string,
): ReportCheck {
  return { level, key: `${kind}:${field}:${text.slice(0, 60)}`, field, from, to, words, english }
}
