import { Splitter } from 'antd'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { useStored } from '../components/use-stored.ts'
import './exam-split.css'

type Props = {
  readonly pictures: ReactNode
  readonly side: ReactNode
  /** The pictures take the whole page; the side waits as it is. */
  readonly isWide: boolean
}

/** Per cent of the width that the report's side takes. */
const shareSchema = z.number().min(25).max(80)

/** Images left, report right, as wide as this person likes them. */
export function ExamSplit({ pictures, side, isWide }: Props) {
  const [share, setShare] = useStored('exam-side-share', shareSchema, 55)
  return (
    <Splitter
      className="exam-page"
      onResizeEnd={([left = 1, right = 1]) =>
        setShare(Math.max(25, Math.min(80, Math.round((right / (left + right)) * 100))))
      }
    >
      <Splitter.Panel min={260}>{pictures}</Splitter.Panel>
      <Splitter.Panel
        defaultSize={`${share}%`}
        style={{ visibility: isWide ? 'hidden' : undefined }}
        {...(isWide ? { size: 0, resizable: false } : { min: 400 })}
      >
        {side}
      </Splitter.Panel>
    </Splitter>
  )
}
