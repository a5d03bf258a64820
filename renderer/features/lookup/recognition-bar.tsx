import { App, Button, Tag } from 'antd'
import { useState } from 'react'
import { lookupRoutes } from '../../../shared/api/lookup-routes.ts'
import type { PriorExam } from '../../../shared/models/lookup.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import { quoteOf } from './prior-exams.ts'

export type QuoteTarget = (quote: { readonly findings: string; readonly impression: string }) => void

type Props = {
  readonly examId: string
  readonly exam: PriorExam
  readonly onQuote?: QuoteTarget | undefined
}

type Decision = 'recognised' | 'quoted' | 'refused'

/** Whether the other institution's result counts here. The platform is told each time. */
export function RecognitionBar({ examId, exam, onQuote }: Props) {
  const { lookup } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const [decided, setDecided] = useState<Decision>()
  const [refusing, setRefusing] = useState(false)
  const send = useStationMutation(lookupRoutes.recognition)
  if (!mayCall(user, lookupRoutes.recognition)) return null
  const { destinationId, cloudExamId } = exam

  const decide = (decision: Decision, reason?: string) =>
    send.mutate(
      {
        body: {
          examId,
          destinationId,
          cloudExamId,
          recognised: decision !== 'refused',
          quoted: decision === 'quoted',
          ...(reason ? { reason } : {}),
        },
      },
      {
        onSuccess: () => {
          setDecided(decision)
          setRefusing(false)
          message.success(lookup[decision])
          if (decision === 'quoted') onQuote?.(quoteOf(exam))
        },
      },
    )
  return (
    <section className="recognition" aria-label={lookup.recognition} data-recognition={decided ?? 'open'}>
      <h3>
        {lookup.recognition}{' '}
        {decided ? <Tag color={decided === 'refused' ? 'default' : 'green'}>{lookup[decided]}</Tag> : null}
      </h3>
      <div className="row-actions actions-below">
        <Button
          type="primary"
          disabled={!onQuote || decided === 'quoted'}
          loading={send.isPending}
          onClick={() => decide('quoted')}
        >
          {lookup.quote}
        </Button>
        <Button disabled={send.isPending} onClick={() => decide('recognised')}>
          {lookup.recognise}
        </Button>
        <Button disabled={send.isPending} onClick={() => setRefusing(true)}>
          {lookup.refuse}
        </Button>
      </div>
      <p className="faint">{onQuote ? lookup.quoteHint : lookup.quoteNowhere}</p>
      <ReasonDialog
        open={refusing}
        title={lookup.refuseTitle}
        hint={lookup.refuseHint}
        confirmText={lookup.refuse}
        maxLength={100}
        loading={send.isPending}
        onConfirm={(reason) => decide('refused', reason)}
        onClose={() => setRefusing(false)}
      />
    </section>
  )
}
