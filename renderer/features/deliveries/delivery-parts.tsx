import {
  CheckCircleFilled,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  QuestionCircleOutlined,
  StopOutlined,
  SyncOutlined,
} from '@ant-design/icons'
import { Tag, Typography } from 'antd'
import type { ReactNode } from 'react'
import type { Delivery } from '../../../shared/api/views.ts'
import type { OutboxTaskState } from '../../../shared/models/outbox-task.ts'
import { chinaClock, Moment } from '../../clinic/moment.tsx'
import { useNow } from '../../components/use-now.ts'
import { useText } from '../../text/use-text.tsx'
import { useWhy } from '../../text/use-why.ts'
import { durationWords } from './duration-words.ts'
import { countdown, isHeld, nearDeadline } from './hold-window.ts'

const hour = 3_600_000

const looks: Readonly<Record<OutboxTaskState, { readonly color: string; readonly icon: ReactNode }>> = {
  waiting: { color: 'default', icon: <ClockCircleOutlined aria-hidden /> },
  sending: { color: 'blue', icon: <SyncOutlined aria-hidden /> },
  'sent-unconfirmed': { color: 'gold', icon: <QuestionCircleOutlined aria-hidden /> },
  delivered: { color: 'green', icon: <CheckCircleFilled aria-hidden /> },
  blocked: { color: 'red', icon: <ExclamationCircleFilled aria-hidden /> },
  cancelled: { color: 'default', icon: <StopOutlined aria-hidden /> },
}

export function DeliveryStateTag({ state }: { readonly state: OutboxTaskState }) {
  const { words } = useText()
  const { color, icon } = looks[state]
  return (
    <Tag color={color} icon={icon} data-delivery-state={state}>
      {words.taskState[state]}
    </Tag>
  )
}

export function StepWords({ delivery }: { readonly delivery: Delivery }) {
  const { words } = useText()
  return <>{words.step[`${delivery.kind}:${delivery.step}`] ?? delivery.step}</>
}

export function DeliveryReason({ delivery }: { readonly delivery: Delivery }) {
  const { common } = useText()
  const { reason, action } = useWhy()(delivery)
  if (!reason && !action) return null
  return (
    <div className="delivery-reason">
      <div>
        {reason}{' '}
        {delivery.reasonCode ? (
          <Typography.Text type="secondary" className="mono" copyable={{ text: delivery.reasonCode }}>
            {delivery.reasonCode}
          </Typography.Text>
        ) : null}
      </div>
      {action ? (
        <Typography.Text type="secondary">
          {common.whatToDo}
          {common.colon}
          {action}
        </Typography.Text>
      ) : null}
    </div>
  )
}

/** When it is tried next, and how long there is until it must have arrived. */
export function DeliveryTimes({ delivery }: { readonly delivery: Delivery }) {
  const { deliveries, words } = useText()
  const now = useNow(1000)
  const { state, nextAttemptAt, deadlineAt, updatedAt } = delivery
  if (state === 'delivered' || state === 'cancelled') return <Moment at={updatedAt} />
  const left = deadlineAt === null ? undefined : deadlineAt - now
  const held = isHeld(delivery, now)
  return (
    <div className="delivery-times">
      {held ? (
        <div data-held>
          {deliveries.heldUntil(chinaClock(nextAttemptAt))}{' '}
          <span className="countdown faint">{deliveries.heldLeft(countdown(nextAttemptAt - now))}</span>
        </div>
      ) : delivery.waitsFor ? (
        <div>{deliveries.waitsFor(words.step[`${delivery.kind}:${delivery.waitsFor}`] ?? delivery.waitsFor)}</div>
      ) : state === 'waiting' || state === 'sent-unconfirmed' ? (
        <div>
          {deliveries.nextTry} {nextAttemptAt <= now ? deliveries.soon : <Moment at={nextAttemptAt} />}
        </div>
      ) : null}
      {left === undefined ? null : (
        <div className={left < 0 ? 'deadline-missed' : left < nearDeadline ? 'deadline-near' : ''}>
          {left > 0
            ? deliveries.left(left < hour ? countdown(left) : durationWords(left, deliveries))
            : deliveries.overdue(durationWords(left, deliveries))}
        </div>
      )}
    </div>
  )
}
