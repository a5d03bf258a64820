import type { TrayStudy } from '../../../shared/api/views.ts'
import type { Language } from '../../text/both.ts'

type Candidate = TrayStudy['candidates'][number]

/** A reason in the station's words. */
export const reasonIn = (language: Language, { text, english }: Candidate['reasons'][number]): string =>
  language === 'en' ? english : text

/** What speaks against a candidate. A person must have read it before the images are attached. */
export function contradictionsOf(candidate: Candidate, language: Language): readonly string[] {
  return candidate.reasons.filter((reason) => !reason.agrees).map((reason) => reasonIn(language, reason))
}

/** Only these put another person's images into the exam; the others are told, not asked about. */
const askedAbout: readonly Candidate['reasons'][number]['key'][] = ['patient-sex', 'patient-birth-date']

export function mustConfirm(candidate: Candidate): boolean {
  return candidate.reasons.some((reason) => !reason.agrees && askedAbout.includes(reason.key))
}
