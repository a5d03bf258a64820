import { Badge, Button, Descriptions, Popover } from 'antd'
import type { AnswerOf } from '../../shared/api/route.ts'
import type { Routes } from '../../shared/api/routes.ts'
import { useText } from '../text/use-text.tsx'
import { useWhy } from '../text/use-why.ts'
import { AlarmList } from './alarm-list.tsx'

type Health = AnswerOf<Routes['health']>
type Props = { readonly health: Health | undefined; readonly reachable: boolean }

/** A clock this far from the cloud's makes its signatures invalid. */
const clockTrouble = 60_000

function troublesOf(health: Health): boolean {
  return (
    !health.ok ||
    health.receiver?.listening === false ||
    health.disk?.low === true ||
    (health.alarms?.length ?? 0) > 0 ||
    Math.abs(health.clockOffset ?? 0) > clockTrouble ||
    (health.destinations ?? []).some((destination) => destination.enabled && destination.paused !== null)
  )
}

export function HealthDot({ health, reachable }: Props) {
  const { shell } = useText()
  const state = !reachable || !health ? 'offline' : troublesOf(health) ? 'unhealthy' : 'healthy'
  const status = { offline: 'error', unhealthy: 'warning', healthy: 'success' } as const
  return (
    <Popover
      trigger="click"
      placement="rightBottom"
      title={shell.health}
      content={health ? <HealthFacts health={health} /> : shell.offline}
    >
      <Button type="text" block className="side-button" data-health={state}>
        <Badge status={status[state]} /> <span className="side-button-text">{shell[state]}</span>
      </Button>
    </Popover>
  )
}

function HealthFacts({ health }: { readonly health: Health }) {
  const { common, shell } = useText()
  const whyOf = useWhy()
  const { receiver, disk, queue, clockOffset } = health
  const facts = [
    receiver && {
      key: 'receiver',
      label: shell.receiver,
      children: receiver.listening ? shell.listening : shell.notListening,
    },
    receiver && { key: 'ae', label: shell.aeTitle, children: <span className="mono">{receiver.aeTitle}</span> },
    receiver && {
      key: 'address',
      label: shell.address,
      children: (
        <span className="mono">
          {receiver.host}:{receiver.port}
        </span>
      ),
    },
    typeof receiver?.tlsPort === 'number' && {
      key: 'tls',
      label: shell.tlsPort,
      children: <span className="mono">{receiver.tlsPort}</span>,
    },
    receiver && { key: 'associations', label: shell.associations, children: receiver.associations },
    disk && {
      key: 'disk',
      label: shell.disk,
      children: `${(disk.freeBytes / 1e9).toFixed(1)} GB${disk.low ? ` · ${shell.diskLow}` : ''}`,
    },
    queue && {
      key: 'queue',
      label: shell.queue,
      children: shell.queueWords(queue.waiting, queue.sending, queue.blocked),
    },
    typeof clockOffset === 'number' && {
      key: 'clock',
      label: shell.clock,
      children: shell.seconds(Math.round(clockOffset / 1000)),
    },
    ...(health.destinations ?? [])
      .filter((destination) => destination.paused !== null)
      .map((destination) => ({
        key: destination.id,
        label: destination.name,
        children: `${shell.paused}${common.colon}${whyOf({ reason: destination.paused, reasonInEnglish: destination.pausedInEnglish }).reason}`,
      })),
    health.version && { key: 'version', label: shell.version, children: health.version },
  ]
  return (
    <>
      <AlarmList alarms={health.alarmDetails ?? []} />
      <Descriptions
        size="small"
        column={1}
        className="health-facts"
        items={facts.filter((fact) => typeof fact === 'object' && fact !== null)}
      />
    </>
  )
}
