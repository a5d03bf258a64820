/** What is known about the versions of one SOP instance. */
export type KnownVersion = { readonly id: string; readonly sha256: string }

export type VersionDecision =
  | { readonly kind: 'new-instance' }
  | { readonly kind: 'already-had'; readonly versionId: string }
  | { readonly kind: 'new-version' }

/**
 * PS3.5 9 promises that a SOPInstanceUID names the same object for ever; devices break it. The same bytes are nothing new. Other
 * bytes are kept beside the first, which stays current until a person decides: a silent exchange under a written report is worse
 * than a question.
 */
export function decideVersion(known: readonly KnownVersion[], sha256: string): VersionDecision {
  if (known.length === 0) return { kind: 'new-instance' }
  const same = known.find((version) => version.sha256 === sha256)
  return same ? { kind: 'already-had', versionId: same.id } : { kind: 'new-version' }
}
