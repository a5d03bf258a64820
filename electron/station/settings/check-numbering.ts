import { modalitySchema } from '../../../shared/models/exam.ts'
import type { StationSettings } from '../../../shared/models/settings.ts'
import { failAt, type Problem } from '../../../shared/problems/problem.ts'

/** AccessionNumber (0008,0050) is SH: 16 characters. PatientID is LO: 64; we keep to 32. */
const limits = { accessionPattern: 16, patientPattern: 32 } as const

const longestModality = Math.max(...modalitySchema.options.map((modality) => modality.length))
const widths: Readonly<Record<string, number>> = { YYYY: 4, YY: 2, MM: 2, DD: 2, modality: longestModality }

/** Why these patterns could not number every exam, told when they are set and not at the next registration. */
export function checkNumbering(numbering: StationSettings['numbering']): Problem | undefined {
  for (const name of ['accessionPattern', 'patientPattern'] as const) {
    const pattern = numbering[name]
    if (isUsable(pattern, limits[name])) continue
    const refused = failAt(`numbering.${name}`, 'NUMBER-PATTERN', { detail: pattern.slice(0, 100) })
    return refused.ok ? undefined : refused.problem
  }
  return undefined
}

function isUsable(pattern: string, limit: number): boolean {
  const parts = pattern.split(/\{(\w+)\}/)
  const [texts, places] = [parts.filter((_, i) => i % 2 === 0), parts.filter((_, i) => i % 2 === 1)]
  const isRunning = (place: string) => /^n+$/.test(place)
  if (places.filter(isRunning).length !== 1) return false
  if (!places.every((place) => isRunning(place) || Object.hasOwn(widths, place))) return false
  if (!texts.every((text) => /^[A-Za-z0-9._-]*$/.test(text))) return false
  const length = (place: string) => (isRunning(place) ? place.length : (widths[place] ?? 0))
  return texts.join('').length + places.reduce((sum, place) => sum + length(place), 0) <= limit
}
