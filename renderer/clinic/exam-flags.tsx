import './exam-flags.css'
import type { Exam } from '../../shared/models/exam.ts'
import { useText } from '../text/use-text.tsx'

type Props = { readonly exam: Partial<Pick<Exam, 'category' | 'infectious'>> }

/** Emergency and infection, in words: wherever an exam is shown. Nothing for most. */
export function ExamFlags({ exam }: Props) {
  const { register, words } = useText()
  return (
    <>
      {exam.category === 'emergency' ? <span className="emergency-mark">{words.category.emergency}</span> : null}
      {exam.infectious ? (
        <span className="infectious-flag" title={register.infectiousHint}>
          {register.infectious}
        </span>
      ) : null}
    </>
  )
}
