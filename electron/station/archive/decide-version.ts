import type { Comparison } from './compare-bytes.ts'

/** What is known of the bytes of a data set as it came. */
export type KnownBytes = { readonly crc32: number; readonly sizeBytes: number }
export type KnownVersion = KnownBytes & { readonly id: string }

export type VersionDecision =
  | { readonly kind: 'new-instance' }
  /** `isLost`: what was kept of them is gone or damaged, and these are the bytes. */
  | { readonly kind: 'already-had'; readonly versionId: string; readonly isLost: boolean }
  | { readonly kind: 'new-version' }
  /** Length and CRC-32 agree: only the bytes themselves can tell. Decide again when they were compared. */
  | { readonly kind: 'compare'; readonly versionId: string }

/**
 * PS3.5 9 promises that a SOPInstanceUID names the same object for ever; devices break it. The same bytes are nothing new. Other
 * bytes are kept beside the first, which stays current until a person decides: a silent exchange under a written report is worse
 * than a question. `compared`: by version, what a comparison byte for byte has found.
 */
export function decideVersion(
  known: readonly KnownVersion[],
  came: KnownBytes,
  compared: ReadonlyMap<string, Comparison>,
): VersionDecision {
  if (known.length === 0) return { kind: 'new-instance' }
  const alike = known.filter((one) => one.crc32 === came.crc32 && one.sizeBytes === came.sizeBytes)
  const same = alike.find((one) => compared.get(one.id) === 'same')
  if (same) return { kind: 'already-had', versionId: same.id, isLost: false }
  const unknown = alike.find((one) => !compared.has(one.id))
  if (unknown) return { kind: 'compare', versionId: unknown.id }
  const lost = alike.find((one) => compared.get(one.id) === 'lost')
  return lost ? { kind: 'already-had', versionId: lost.id, isLost: true } : { kind: 'new-version' }
}
