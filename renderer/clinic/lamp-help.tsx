import { App, Button, Space, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import type { ExamRow } from '../../shared/models/exam.ts'
import { mayCall, useUser } from '../api/use-session.ts'
import { useStationMutation } from '../api/use-station-mutation.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { useText } from '../text/use-text.tsx'
import { useWhy } from '../text/use-why.ts'
import { type ExamLamp, fixOfLamp } from './exam-lamps.ts'

type Props = { readonly lamp: ExamLamp; readonly row: ExamRow; readonly onClose: () => void }

/** Why a lamp is red, what puts it right, whom to call, and the code to read out to them. */
export function LampHelp({ lamp, row, onClose }: Props) {
  const { board, common, deliveries, words } = useText()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const user = useUser()
  const institutions = useStationQuery(routes.institutionList)
  const destinations = useStationQuery(routes.destinationList)
  const retry = useStationMutation(routes.deliveryRetry, {
    stale: [routes.examList, routes.deliveryList, routes.examDeliveries, routes.health],
    onDone: () => {
      message.success(deliveries.retried)
      onClose()
    },
  })
  const { cloud } = lamp
  const why = useWhy()(cloud ?? {})
  const fix = fixOfLamp(lamp)
  const isAdministrator = user.role === 'administrator'
  const place = fix.place === 'settings' && !isAdministrator ? 'deliveries' : fix.place
  const places = {
    preflight: `/exams/${row.exam.id}?tab=preflight`,
    report: `/exams/${row.exam.id}?tab=report`,
    deliveries: `/exams/${row.exam.id}?tab=deliveries`,
    settings: `/settings/${lamp.kind}`,
  }
  const phone = (institutions.data?.find(({ id }) => id === row.exam.institutionId) ?? institutions.data?.[0])?.phone
  const contact = destinations.data?.find(({ id }) => id === cloud?.destinationId)?.contact
  const taskId = cloud?.taskId
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: clicks and keys within the help are no clicks and keys on its row
    <div
      className="lamp-help"
      role="presentation"
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
    >
      <Fact label={board.cause}>{cloud ? (why.reason ?? board.causeUnknown) : board.returnedCause}</Fact>
      <Fact label={common.whatToDo}>
        {cloud ? (why.action ?? board.actionUnknown) : board.returnedAction(row.report?.reportDoctor ?? '')}
      </Fact>
      {cloud ? (
        <Fact label={board.whomToCall}>
          {board.callFirst}
          {phone ? <span className="mono"> {phone}</span> : null}
          {contact?.name || contact?.phone ? (
            <div data-contact>
              {board.callContact(cloud.destinationName, contact.name)}
              <span className="mono"> {contact.phone}</span>
            </div>
          ) : lamp.kind === 'pacs' ? null : (
            board.callCloud(words.destinationShort[lamp.kind] ?? cloud.destinationName)
          )}
        </Fact>
      ) : null}
      {cloud?.code ? (
        <Fact label={common.errorNumber}>
          <Typography.Text className="mono" copyable={{ text: cloud.code }}>
            {cloud.code}
          </Typography.Text>
        </Fact>
      ) : null}
      <Space wrap size={8} className="lamp-help-buttons">
        <Button size="small" type="primary" autoFocus onClick={() => navigate(places[place])}>
          {board.fixAt[place]}
        </Button>
        {taskId && fix.retry && mayCall(user, routes.deliveryRetry) ? (
          <Button size="small" loading={retry.isPending} onClick={() => retry.mutate({ params: { id: taskId } })}>
            {board.retryNow}
          </Button>
        ) : null}
        {cloud && place !== 'deliveries' ? (
          <Button size="small" type="link" onClick={() => navigate(places.deliveries)}>
            {board.fixAt.deliveries}
          </Button>
        ) : null}
      </Space>
    </div>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="lamp-fact">
      <span className="lamp-fact-label">{label}</span>
      <span>{children}</span>
    </div>
  )
}
