import { Alert, App, Button, Table } from 'antd'
import type { CharacterSetProposal } from '../../../shared/api/device-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { personWords } from '../../text/person-words.ts'
import { useText } from '../../text/use-text.tsx'

/** The charset doctor's findings: what is read now, what it would be, and one click. */
export function CharacterSetProposals() {
  const list = useStationQuery(routes.characterSetProposals)
  return list.data?.map((one) => <OneProposal key={`${one.callingAeTitle} ${one.declared}`} proposal={one} />)
}

function OneProposal({ proposal }: { readonly proposal: CharacterSetProposal }) {
  const { devices } = useText()
  const { message } = App.useApp()
  const stale = [routes.characterSetProposals, routes.deviceList, routes.trayList, routes.examRead]
  const accept = useStationMutation(routes.characterSetAccept, {
    stale,
    onDone: () => message.success(devices.accepted),
  })
  const dismiss = useStationMutation(routes.characterSetDismiss, { stale })
  const { callingAeTitle: aeTitle, declared, readAs, samples, images } = proposal
  const params = { aeTitle }
  return (
    <Alert
      type="warning"
      showIcon
      className="charset-proposal"
      data-charset-proposal={aeTitle}
      title={devices.proposalTitle(aeTitle, declared)}
      description={
        <>
          <p>{devices.proposalText(devices.readAsWords[readAs], images)}</p>
          <Table
            size="small"
            rowKey="asProposed"
            pagination={false}
            dataSource={samples}
            columns={[
              { title: devices.asDeclared, dataIndex: 'asDeclared', render: personWords },
              { title: devices.asProposed, dataIndex: 'asProposed', render: personWords },
            ]}
          />
        </>
      }
      action={
        <span className="row-actions">
          <Button
            size="small"
            type="primary"
            loading={accept.isPending}
            onClick={() => accept.mutate({ params, body: { readAs } })}
          >
            {devices.accept}
          </Button>
          <Button size="small" loading={dismiss.isPending} onClick={() => dismiss.mutate({ params })}>
            {devices.dismiss}
          </Button>
        </span>
      }
    />
  )
}
