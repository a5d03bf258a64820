import type { Delivery } from '../../../shared/api/views.ts'

export type CorrectionChoice = {
  /** AIMIS can delete; the provincial cloud takes letters. */
  readonly kind: 'delete' | 'letter'
  readonly destinationId: string
  readonly destinationName: string
}

/** What can be taken back, and how: only where the exam has arrived. */
export function correctionChoices(deliveries: readonly Delivery[]): readonly CorrectionChoice[] {
  const choices = new Map<string, CorrectionChoice>()
  for (const { kind, step, state, destinationId, destinationName } of deliveries) {
    if (state !== 'delivered') continue
    if (kind === 'aimis' && step === 'study')
      choices.set(destinationId, { kind: 'delete', destinationId, destinationName })
    if (kind === 'jilin' && step === 'index')
      choices.set(destinationId, { kind: 'letter', destinationId, destinationName })
  }
  return [...choices.values()]
}
