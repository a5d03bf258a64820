import { diffChars } from 'diff'

export type TextChange = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

/** Edits that a comparison of long texts may take before it is given up: a tenth of a second on a clinic's computer. */
const mostEdits = 1500

/**
 * What became of a text, sign by sign: what stayed, what was added, what was taken out, in reading order. Texts that have hardly
 * anything in common are told as one removed and one added, which is also what a person would say.
 */
export function textChanges(before: string, after: string): readonly TextChange[] {
  const changes = diffChars(before, after, { maxEditLength: mostEdits })
  const whole: TextChange[] = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ]
  if (!changes) return whole.filter((change) => change.text !== '')
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

/** How many signs were added and removed. */
export function changeCount(changes: readonly TextChange[]): { readonly added: number; readonly removed: number } {
  const count = (kind: TextChange['kind']) =>
    changes.filter((change) => change.kind === kind).reduce((sum, { text }) => sum + [...text].length, 0)
  return { added: count('added'), removed: count('removed') }
}
