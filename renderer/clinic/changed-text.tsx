import { useMemo } from 'react'
import { useText } from '../text/use-text.tsx'
import './changed-text.css'
import { changeCount, textChanges } from './text-changes.ts'

type Props = { readonly before: string; readonly after: string }

/** A text with what was added and what was taken out: by colour, by underline and stroke, and for screen readers as ins and del. */
export function ChangedText({ before, after }: Props) {
  const { writing } = useText()
  const changes = useMemo(() => textChanges(before, after), [before, after])
  const count = changeCount(changes)
  const same = count.added + count.removed === 0
  return (
    <div className="changed-text" data-added={count.added} data-removed={count.removed}>
      <p>
        {changes.map((change, index) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one comparison have no other name
          if (change.kind === 'same') return <span key={index}>{change.text}</span>
          const Mark = change.kind === 'added' ? 'ins' : 'del'
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one comparison have no other name
          return <Mark key={index}>{change.text}</Mark>
        })}
      </p>
      <small className="faint">{same ? writing.unchanged : writing.changeCount(count.added, count.removed)}</small>
    </div>
  )
}
