import type { TrayStudy } from '../../../shared/api/views.ts'

type Candidate = TrayStudy['candidates'][number]

/** What speaks against a candidate, in the station's words. A person must have read it before the images are attached. */
export function contradictionsOf(candidate: Candidate): readonly string[] {
  return candidate.reasons.filter((reason) => !reason.agrees).map((reason) => reason.text)
}

/** Only these put another person's images into the exam; the others are told, not asked about. */
const askedAbout: readonly Candidate['reasons'][number]['key'][] = ['patient-sex', 'patient-birth-date']

export function mustConfirm(candidate: Candidate): boolean {
  return candidate.reasons.some((reason) => !reason.agrees && askedAbout.includes(reason.key))
}
