import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { chinaDay } from '../../../shared/text/china-time.ts'

/** AccessionNumber (0008,0050) is SH: at most 16 characters (PS3.5 6.2). PatientID is LO: 64; we keep to 32. */
const limits = { accession: 16, patient: 32 } as const

/**
 * Writes a number by a pattern: '{modality}{YY}{MM}{DD}{nnnn}' with 7 on 2026-11-21 for a DR → 'DR2611210007'.
 * Fails when the running number no longer fits its digits or the whole is longer than the field allows.
 */
export function formatNumber(
  kind: keyof typeof limits,
  pattern: string,
  parts: { readonly at: number; readonly modality: string; readonly running: number },
): Outcome<string> {
  const [year = '', month = '', day = ''] = chinaDay(parts.at).split('-')
  const digits = /\{(n+)\}/.exec(pattern)?.[1]?.length
  if (!digits) return fail('NUMBER-PATTERN', { detail: pattern })
  if (String(parts.running).length > digits) return fail('NUMBER-EXHAUSTED')
  const text = pattern
    .replaceAll('{YYYY}', year)
    .replaceAll('{YY}', year.slice(2))
    .replaceAll('{MM}', month)
    .replaceAll('{DD}', day)
    .replaceAll('{modality}', parts.modality)
    .replace(/\{n+\}/, String(parts.running).padStart(digits, '0'))
  if (!/^[A-Za-z0-9._-]+$/.test(text)) return fail('NUMBER-PATTERN', { detail: text })
  if (text.length > limits[kind]) return fail('NUMBER-PATTERN', { detail: `${text} (${text.length})` })
  return ok(text)
}

/** The running number starts again whenever what stands around it changes: each day, each month, each modality… */
export function runningScope(kind: keyof typeof limits, pattern: string, at: number, modality: string): string {
  const [year = '', month = '', day = ''] = chinaDay(at).split('-')
  const seen = [
    pattern.includes('{YYYY}') || pattern.includes('{YY}') ? year : '',
    pattern.includes('{MM}') ? month : '',
    pattern.includes('{DD}') ? day : '',
    pattern.includes('{modality}') ? modality : '',
  ]
  return [kind, ...seen].join('/')
}
