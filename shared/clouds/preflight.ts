import { assertNever } from '../assert-never.ts'
import type { AimisSettings, JilinSettings } from '../models/destination.ts'
import type { ExamDossier } from '../models/exam-dossier.ts'
import { preflightAimis } from './aimis/preflight-aimis.ts'
import { preflightJilin } from './jilin/preflight-jilin.ts'
import type { PreflightLine } from './preflight-line.ts'

/** As much of a destination as the check reads: no secret is needed. */
export type PreflightDestination =
  | { readonly kind: 'aimis'; readonly settings: Pick<AimisSettings, 'pdfAsDicom'> }
  | { readonly kind: 'jilin'; readonly settings: Pick<JilinSettings, 'narrativeLimit' | 'sm2PublicKey'> }
  | { readonly kind: 'pacs' }

/**
 * What a destination would say about an exam, before audit and before release. Pure. `dossier.report` is the newest version, whatever
 * its state; `pdfBytes` the size of its PDF where one was made. It agrees with the clients: without a line that blocks they send, with
 * one at least one of the exam's calls is refused before sending. (Who submits and who approves is filled in by those steps, so a draft
 * without them is not stopped.)
 */
export function preflightDestination(
  dossier: ExamDossier,
  destination: PreflightDestination,
  facts: { readonly pdfBytes?: number } = {},
): readonly PreflightLine[] {
  switch (destination.kind) {
    case 'aimis':
      return gravestFirst(preflightAimis(dossier, destination.settings))
    case 'jilin':
      return gravestFirst(preflightJilin(dossier, destination.settings, facts.pdfBytes))
    case 'pacs':
      return []
    default:
      return assertNever(destination)
  }
}

const gravity = { blocks: 0, warns: 1, recommended: 2 } as const

const gravestFirst = (lines: readonly PreflightLine[]): readonly PreflightLine[] =>
  lines.toSorted((a, b) => gravity[a.severity] - gravity[b.severity])
