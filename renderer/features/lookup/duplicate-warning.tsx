import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { lookupRoutes } from '../../../shared/api/lookup-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { LookupKind, PriorExam } from '../../../shared/models/lookup.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import { dismiss, isDismissed } from './dismissed-warnings.ts'
import { elsewhere, placesOf, timeOf, whatOf } from './prior-exams.ts'
import type { PriorLookup } from './use-prior-lookup.ts'

type Props = {
  readonly lookup: PriorLookup
  readonly onOpen: (exam: PriorExam, kind: LookupKind) => void
  readonly onCancelled?: () => void
}

/** The same was examined elsewhere within the window: a person decides, and the platform is told that they were reminded. */
export function DuplicateWarning({ lookup, onOpen, onCancelled }: Props) {
  const { lookup: text } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const { examId } = lookup
  const [gone, setGone] = useState(() => isDismissed(examId))
  const [cancelling, setCancelling] = useState(false)
  const remind = useStationMutation(lookupRoutes.callRecord)
  const cancel = useStationMutation(routes.examCancel, {
    stale: [routes.examRead, routes.examList],
    onDone: () => {
      message.success(text.cancelled)
      setCancelling(false)
      setGone(true)
      onCancelled?.()
    },
  })
  const found = elsewhere(lookup.duplicate.data ?? [])
  const [first] = found
  if (gone || !first) return null

  const recordReminders = () =>
    Promise.all(
      found.map(({ destinationId, cloudExamId }) =>
        remind.mutateAsync({ body: { examId, destinationId, cloudExamId, kind: 'reminder', searchType: 'duplicate' } }),
      ),
    )
  const goOn = async () => {
    try {
      await recordReminders()
      dismiss(examId)
      setGone(true)
      message.success(text.goneOn)
    } catch {
      // Told already; the warning stays until the record is kept.
    }
  }
  const places = placesOf(found)
  const where = places[0] ?? text.unknownHospital
  return (
    <Alert
      type="warning"
      showIcon
      data-duplicate-warning={found.length}
      title={text.duplicateTitle(places.length > 1 ? text.and(where, places.length) : where)}
      description={
        <>
          <div>
            {timeOf(first)} {whatOf(first)}
          </div>
          <div className="faint">{text.duplicateHint}</div>
          <div className="row-actions actions-below">
            <Button size="small" onClick={() => onOpen(first, 'duplicate')}>
              {text.open}
            </Button>
            <Button size="small" type="primary" loading={remind.isPending} onClick={goOn}>
              {text.goOn}
            </Button>
            {mayCall(user, routes.examCancel) ? (
              <Button size="small" danger onClick={() => setCancelling(true)}>
                {text.cancelExam}
              </Button>
            ) : null}
          </div>
          <ReasonDialog
            open={cancelling}
            title={text.cancelTitle}
            hint={text.cancelHint}
            confirmText={text.cancelExam}
            danger
            loading={cancel.isPending}
            onConfirm={(reason) => cancel.mutate({ params: { id: examId }, body: { reason } })}
            onClose={() => setCancelling(false)}
          />
        </>
      }
    />
  )
}
