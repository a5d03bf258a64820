import { App } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { StationError } from '../../api/station-error.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useText } from '../../text/use-text.tsx'

const stale = [routes.examRead, routes.examList, routes.trayList, routes.moveList]

type Permission = { readonly confirmMismatch?: true; readonly asCorrection?: true }

/**
 * Takes a study out of its exam or moves it to another. What the station asks about comes as a code: another person, or something
 * sent already. Each is put into words once, and the same call goes again with the answer.
 */
export function useMoveStudy(studyInstanceUid: string, onDone: () => void) {
  const { common, images, tray } = useText()
  const { message, modal } = App.useApp()
  const notice = useFailureNotice()
  const done = (words: string) => () => {
    message.success(words)
    onDone()
  }
  const quiet = { stale, onFailure: () => undefined }
  const move = useStationMutation(routes.trayMove, { ...quiet, onDone: done(images.moved) })
  const detach = useStationMutation(routes.trayDetach, { ...quiet, onDone: done(images.detached) })
  const params = { studyInstanceUid }

  function askAgain(error: StationError, permission: Permission, again: (more: Permission) => void): void {
    if (error.code === 'STUDY-CONTRADICTS' && !permission.confirmMismatch) {
      modal.confirm({
        title: tray.mismatchTitle,
        content: `${tray.mismatchText} ${error.message}`,
        okText: tray.mismatchConfirm,
        okButtonProps: { danger: true },
        cancelText: common.cancel,
        onOk: () => again({ ...permission, confirmMismatch: true }),
      })
    } else if (error.code === 'STUDY-SENT' && !permission.asCorrection) {
      modal.confirm({
        title: images.sentTitle,
        content: images.sentText,
        okText: images.correct,
        okButtonProps: { danger: true },
        cancelText: common.cancel,
        onOk: () => again({ ...permission, asCorrection: true }),
      })
    } else notice(error)
  }

  function moveTo(examId: string, reason: string, permission: Permission = {}): void {
    move.mutate(
      { params, body: { examId, ...(reason && { reason }), ...permission } },
      { onError: (error) => askAgain(error, permission, (more) => moveTo(examId, reason, more)) },
    )
  }

  function takeOut(reason: string, permission: Permission = {}): void {
    const { asCorrection } = permission
    detach.mutate(
      { params, body: { reason, ...(asCorrection && { asCorrection }) } },
      { onError: (error) => askAgain(error, permission, (more) => takeOut(reason, more)) },
    )
  }

  return {
    busyExamId: move.isPending ? move.variables.body?.examId : undefined,
    isTakingOut: detach.isPending,
    moveTo,
    takeOut,
  }
}
