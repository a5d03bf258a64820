import { App } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { StationError } from '../../api/station-error.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useText } from '../../text/use-text.tsx'

const stale = [routes.examRead, routes.examList, routes.trayList, routes.moveList, routes.trayImages]

/** Where a study goes; without an exam to the tray. `reason` is needed for a correction. */
type Wish = {
  readonly examId?: string
  /** Only these images, which are somebody else's. */
  readonly instanceIds?: readonly string[]
  readonly reason: string
  readonly confirmMismatch?: true
  readonly asCorrection?: true
  readonly confirmReport?: true
}

/**
 * Takes a study out of its exam or moves it to another. What the station asks about comes as a code: another person, a report
 * that was written on these images, or something sent already. Each is put into words once, and the same wish goes again with the answer.
 */
export function useMoveStudy(studyInstanceUid: string, onDone: () => void) {
  const { common, images, tray } = useText()
  const { message, modal } = App.useApp()
  const notice = useFailureNotice()
  const [correcting, setCorrecting] = useState<Wish>()
  const done = (words: string) => () => {
    message.success(words)
    setCorrecting(undefined)
    onDone()
  }
  const quiet = { stale, onFailure: () => undefined }
  const move = useStationMutation(routes.trayMove, { ...quiet, onDone: done(images.moved) })
  const detach = useStationMutation(routes.trayDetach, { ...quiet, onDone: done(images.detached) })

  const takeApart = useStationMutation(routes.trayTakeOut, { ...quiet, onDone: done(images.takenOut) })

  function wish(wanted: Wish): void {
    const params = { studyInstanceUid }
    const onError = (error: StationError) => askAgain(error, wanted)
    const { examId, instanceIds, reason, confirmMismatch, asCorrection, confirmReport } = wanted
    const why = {
      ...(reason && { reason }),
      ...(asCorrection && { asCorrection }),
      ...(confirmReport && { confirmReport }),
    }
    if (instanceIds) takeApart.mutate({ params, body: { ...why, reason, instanceIds: [...instanceIds] } }, { onError })
    else if (examId === undefined) detach.mutate({ params, body: why }, { onError })
    else move.mutate({ params, body: { examId, ...why, ...(confirmMismatch && { confirmMismatch }) } }, { onError })
  }

  function askAgain(error: StationError, wanted: Wish): void {
    const ask = (title: string, words: readonly string[], okText: string, answered: Partial<Wish>) =>
      modal.confirm({
        title,
        width: 480,
        content: words.map((one) => <p key={one}>{one}</p>),
        okText,
        okButtonProps: { danger: true },
        cancelText: common.cancel,
        onOk: () => wish({ ...wanted, ...answered }),
      })
    if (error.code === 'STUDY-CONTRADICTS' && !wanted.confirmMismatch)
      ask(tray.mismatchTitle, [tray.mismatchText, error.message], tray.mismatchConfirm, { confirmMismatch: true })
    else if (error.code === 'STUDY-REPORTED' && !wanted.confirmReport)
      ask(images.reportedTitle, [error.message, images.reportedText], images.reportedConfirm, { confirmReport: true })
    else if (error.code === 'STUDY-SENT' && !wanted.asCorrection) setCorrecting(wanted)
    else notice(error)
  }

  return {
    busyExamId: move.isPending ? move.variables.body?.examId : undefined,
    isTakingOut: detach.isPending,
    moveTo: (examId: string) => wish({ examId, reason: '' }),
    takeOut: (reason: string) => wish({ reason }),
    isTakingApart: takeApart.isPending,
    takeApart: (instanceIds: readonly string[], reason: string) => wish({ instanceIds, reason }),
    dialog: (
      <ReasonDialog
        open={correcting !== undefined}
        title={images.sentTitle}
        hint={images.sentText}
        confirmText={images.correct}
        danger
        loading={move.isPending || detach.isPending || takeApart.isPending}
        onConfirm={(reason) => correcting && wish({ ...correcting, reason, asCorrection: true })}
        onClose={() => setCorrecting(undefined)}
      />
    ),
  }
}
