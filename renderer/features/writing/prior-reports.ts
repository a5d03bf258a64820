import type { LocalPrior } from '../../../shared/models/writing.ts'
import { chinaDay } from '../../../shared/text/china-time.ts'

export type WrittenPrior = LocalPrior & { readonly report: NonNullable<LocalPrior['report']> }

const hasReport = (prior: LocalPrior): prior is WrittenPrior => prior.report !== null

/** '2026-03-02': the day the pictures were taken; where none is known, the day of the registration. */
export function dayOfPrior({ examinedAt, registeredAt }: Pick<LocalPrior, 'examinedAt' | 'registeredAt'>): string {
  return chinaDay(examinedAt ?? registeredAt)
}

/**
 * The earlier report that 'copy the last one' means: the newest of the same item, else of the same body part and modality, else of
 * the same modality. Another modality is never copied by one key: an ultrasound's words are no X-ray's.
 */
export function lastReportFor(
  priors: readonly LocalPrior[],
  exam: { readonly itemName: string; readonly modality: string; readonly bodyPart: string },
): WrittenPrior | undefined {
  const written = priors.filter(hasReport).filter(({ modality }) => modality === exam.modality)
  return (
    written.find(({ itemName }) => itemName === exam.itemName) ??
    written.find(({ bodyPart }) => bodyPart !== '' && bodyPart === exam.bodyPart) ??
    written[0]
  )
}

/** A sentence of the clinic's own, with {date}, {item} and {modality} of the earlier exam. */
export function comparisonSentence(pattern: string, prior: LocalPrior): string {
  return pattern
    .replaceAll('{date}', dayOfPrior(prior))
    .replaceAll('{item}', prior.itemName)
    .replaceAll('{modality}', prior.modality)
}
