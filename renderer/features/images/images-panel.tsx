import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useText } from '../../text/use-text.tsx'
import { ConflictList } from './conflict-list.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { MoveHistory } from './move-history.tsx'
import { StudyCard } from './study-card.tsx'

type Props = { readonly page: ExamPage; readonly thumbnailOf: (id: string) => ReactNode }

/** Which images belong to this exam, and how they came here. */
export function ImagesPanel({ page, thumbnailOf }: Props) {
  const { images } = useText()
  const user = useUser()
  const [merging, setMerging] = useState(false)
  const examId = page.exam.id
  return (
    <div className="side-tab">
      <ConflictList examId={examId} thumbnailOf={thumbnailOf} />
      {page.studies.length === 0 ? <p className="faint">{images.none}</p> : null}
      {page.studies.map((study) => (
        <StudyCard key={study.header.studyInstanceUid} study={study} examId={examId} thumbnailOf={thumbnailOf} />
      ))}
      {page.state !== 'cancelled' && mayCall(user, routes.examMerge) ? (
        <Button size="small" className="fits" onClick={() => setMerging(true)}>
          {images.merge}
        </Button>
      ) : null}
      <h3>{images.moves}</h3>
      <MoveHistory examId={examId} />
      <MergeDialog examId={examId} open={merging} onClose={() => setMerging(false)} />
    </div>
  )
}
