import { Alert } from 'antd'
import { Link } from 'react-router'
import type { AlarmView } from '../../shared/models/alarm.ts'
import { FailureNotice } from '../api/failure-notice.tsx'
import { wordsIn } from '../api/failure-words.ts'
import { useLanguage, useText } from '../text/use-text.tsx'
import './alarm-list.css'

/** What staff must know until it is put right: what happened, what to do, its code, and the way to where it is done. */
export function AlarmList({ alarms }: { readonly alarms: readonly AlarmView[] }) {
  const { shell } = useText()
  const { language } = useLanguage()
  if (alarms.length === 0) return null
  return (
    <section className="alarm-list" aria-label={shell.alarms}>
      {alarms.map((alarm) => {
        const words = wordsIn(alarm, language)
        return (
          <Alert
            key={`${alarm.code} ${alarm.message}`}
            type="warning"
            showIcon
            role="group"
            aria-label={words.code}
            title={words.message}
            description={
              <>
                <FailureNotice words={words} />
                <AlarmPlaces alarm={alarm} />
              </>
            }
          />
        )
      })}
    </section>
  )
}

/** Versions of an image are chosen there, whoever the exam's images belong to. */
const decidedInTray: readonly string[] = ['ARCHIVE-OTHER-BYTES', 'ARCHIVE-CUT-SHORT']

function AlarmPlaces({ alarm: { code, examId, studyInstanceUid } }: { readonly alarm: AlarmView }) {
  const { images } = useText()
  const isInTray = studyInstanceUid !== null && (examId === null || decidedInTray.includes(code))
  return (
    <div className="alarm-places">
      {isInTray ? <Link to="/tray">{images.toTray}</Link> : null}
      {examId ? <Link to={`/exams/${examId}`}>{images.toExam}</Link> : null}
    </div>
  )
}
