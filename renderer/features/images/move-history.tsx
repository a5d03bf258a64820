import { App, Button, Tag } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { StudyMoveView } from '../../../shared/api/views.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { Moment } from '../../clinic/moment.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { personWords } from '../../text/person-words.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'

/** What happened to images, newest first, with the way back as long as there is one. `examId`: of one exam only. */
export function MoveHistory({ examId }: { readonly examId?: string }) {
  const { images, tray } = useText()
  const { language } = useLanguage()
  const { message } = App.useApp()
  const user = useUser()
  const list = useStationQuery(routes.moveList, { query: examId === undefined ? {} : { examId } })
  const undo = useStationMutation(routes.moveUndo, {
    stale: [routes.moveList, routes.examRead, routes.examList, routes.trayList, routes.trayImages],
    onDone: () => message.success(images.undone),
  })
  const reasonOf = (move: StudyMoveView) => (language === 'en' ? move.reasonInEnglish : move.reason)
  const examWords = (exam: StudyMoveView['from']) => (exam ? `${exam.patientName} ${exam.accessionNumber}` : tray.title)
  if (list.error) return <FailureAlert error={list.error} onRetry={() => list.refetch()} />
  if (list.data?.length === 0) return <p className="faint">{images.movesNone}</p>
  return (
    <ul className="move-history">
      {list.data?.map((move) => (
        <li key={move.id} data-move={move.kind} className={move.undoneAt === null ? '' : 'faint'}>
          <div className="move-head">
            <Moment at={move.at} />
            <strong>{images.moveKind[move.kind]}</strong>
            {examId === undefined ? <span>{personWords(move.patientName)}</span> : null}
            <span className="faint">{move.actor === 'station' ? images.byStation : move.actor}</span>
            {move.undoneAt === null ? null : <Tag>{images.wasUndone}</Tag>}
            {move.mayUndo && mayCall(user, routes.moveUndo) ? (
              <Button
                size="small"
                aria-label={images.undoThis(images.moveKind[move.kind])}
                loading={undo.isPending && undo.variables.params?.id === move.id}
                onClick={() => undo.mutate({ params: { id: move.id } })}
              >
                {images.undo}
              </Button>
            ) : null}
          </div>
          <div>
            {examWords(move.from)} → {examWords(move.to)}
          </div>
          {reasonOf(move) && move.kind !== 'undo' ? <div className="faint">{reasonOf(move)}</div> : null}
        </li>
      ))}
    </ul>
  )
}
