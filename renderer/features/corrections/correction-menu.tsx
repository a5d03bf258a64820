import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import { type CorrectionChoice, correctionChoices } from './correction-choices.ts'
import { CorrectionLetter } from './correction-letter.tsx'

/** Takes an exam back that went out wrong: by a deletion of two people, or by a letter. */
export function CorrectionMenu({ examId }: { readonly examId: string }) {
  const { corrections } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const deliveries = useStationQuery(routes.examDeliveries, { params: { id: examId } }).data ?? []
  const [chosen, setChosen] = useState<CorrectionChoice>()
  const close = () => setChosen(undefined)
  const propose = useStationMutation(cloudCareRoutes.retractionPropose, {
    stale: [cloudCareRoutes.retractionList],
    onDone: () => {
      message.success(corrections.proposed)
      close()
    },
  })
  const choices = correctionChoices(deliveries)
  if (choices.length === 0 || !mayCall(user, cloudCareRoutes.retractionPropose)) return null
  const name = chosen?.destinationName ?? ''
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: choices.map((choice) => ({
            key: choice.destinationId,
            label:
              choice.kind === 'delete'
                ? corrections.deleteFrom(choice.destinationName)
                : corrections.letterTo(choice.destinationName),
            danger: choice.kind === 'delete',
            onClick: () => setChosen(choice),
          })),
        }}
      >
        <Button size="small">{corrections.menu}</Button>
      </Dropdown>
      <ReasonDialog
        open={chosen?.kind === 'delete'}
        title={corrections.proposeTitle(name)}
        hint={corrections.proposeHint}
        confirmText={corrections.propose}
        danger
        loading={propose.isPending}
        onConfirm={(reason) =>
          propose.mutate({ params: { id: examId }, body: { reason, destinationId: chosen?.destinationId ?? '' } })
        }
        onClose={close}
      />
      {chosen?.kind === 'letter' ? <CorrectionLetter examId={examId} choice={chosen} onClose={close} /> : null}
    </>
  )
}
