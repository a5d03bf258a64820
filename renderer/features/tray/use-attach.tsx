import { App } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useText } from '../../text/use-text.tsx'

/** The station refuses a contradiction that nobody confirmed with this code. */
const contradicts = 'STUDY-CONTRADICTS'

type Wanted = { readonly examId: string; readonly mustConfirm: boolean; readonly contradictions: readonly string[] }

/** Attaches a study to an exam; a contradiction is put into words and asked about first. */
export function useAttach(studyInstanceUid: string) {
  const { common, tray } = useText()
  const { message, modal } = App.useApp()
  const notice = useFailureNotice()
  const attach = useStationMutation(routes.trayAttach, {
    stale: [routes.trayList, routes.examList, routes.examRead],
    onDone: () => message.success(tray.attached),
    onFailure: () => undefined,
  })
  const params = { studyInstanceUid }
  const confirm = (examId: string, contradictions: readonly string[]) =>
    modal.confirm({
      title: tray.mismatchTitle,
      width: 480,
      content: (
        <>
          <p>{tray.mismatchText}</p>
          <ul className="contradictions">
            {contradictions.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      ),
      okText: tray.mismatchConfirm,
      okButtonProps: { danger: true },
      cancelText: common.cancel,
      onOk: () => attach.mutate({ params, body: { examId, confirmMismatch: true } }, { onError: notice }),
    })
  return {
    busyExamId: attach.isPending ? attach.variables.body?.examId : undefined,
    attach({ examId, mustConfirm, contradictions }: Wanted): void {
      if (mustConfirm) {
        confirm(examId, contradictions)
        return
      }
      attach.mutate(
        { params, body: { examId } },
        {
          onError: (error) => (error.code === contradicts ? confirm(examId, [error.message]) : notice(error)),
        },
      )
    },
  }
}
