import {
  CheckCircleFilled,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  MinusCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons'
import { Popover } from 'antd'
import { type ReactNode, useState } from 'react'
import type { ExamRow } from '../../shared/models/exam.ts'
import { useText } from '../text/use-text.tsx'
import { useWhy } from '../text/use-why.ts'
import { type ExamLamp, type LampLight, lampsOf } from './exam-lamps.ts'
import { LampHelp } from './lamp-help.tsx'
import './lamps.css'

type CloudLamp = ExamRow['lamps'][number]

/** Every lamp has its own shape beside its colour and its word. */
const icons: Readonly<Record<LampLight, ReactNode>> = {
  none: <MinusCircleOutlined aria-hidden />,
  waiting: <ClockCircleOutlined aria-hidden />,
  sending: <SyncOutlined aria-hidden />,
  delivered: <CheckCircleFilled aria-hidden />,
  blocked: <ExclamationCircleFilled aria-hidden />,
}

/** The destinations' lamps with their state in words: where there is room for them. */
export function Lamps({ lamps }: { readonly lamps: readonly CloudLamp[] }) {
  const { words } = useText()
  const whyOf = useWhy()
  return (
    <span className="lamps">
      {lamps.map((lamp) => (
        <span
          key={lamp.destinationId}
          className={`lamp lamp-${lamp.lamp}`}
          data-lamp={`${lamp.kind}:${lamp.lamp}`}
          title={whyOf(lamp).reason ?? lamp.destinationName}
        >
          {icons[lamp.lamp]} {words.destinationShort[lamp.kind] ?? lamp.destinationName} {words.lamp[lamp.lamp]}
        </span>
      ))}
    </span>
  )
}

/** All lamps of an exam in one line. A red one opens its cause and what to do; the state of the others is in their shape and title. */
export function ExamLamps({ row }: { readonly row: ExamRow }) {
  return (
    <span className="exam-lamps">
      {lampsOf(row).map((lamp) =>
        lamp.light === 'blocked' ? (
          // The board shows another exam in the same row: an open lamp must not become that one's.
          <RedLamp key={`${row.exam.id} ${lamp.key}`} lamp={lamp} row={row} />
        ) : (
          <CalmLamp key={lamp.key} lamp={lamp} />
        ),
      )}
    </span>
  )
}

function useLampWords({ of, kind, light, cloud }: ExamLamp): { readonly name: string; readonly state: string } {
  const { board, words } = useText()
  const name = of === 'destination' ? (board.lampOfCloud[kind] ?? cloud?.destinationName ?? kind) : board.lampOf[of]
  return { name, state: of === 'destination' ? words.lamp[light] : board.lampState[of][light] }
}

function CalmLamp({ lamp }: { readonly lamp: ExamLamp }) {
  const { name, state } = useLampWords(lamp)
  const { reason } = useWhy()(lamp.cloud ?? {})
  const title = [lamp.cloud?.destinationName ?? name, state, reason].filter(Boolean).join(' · ')
  return (
    <span className={`lamp lamp-${lamp.light}`} data-lamp={`${lamp.kind}:${lamp.light}`} title={title}>
      {icons[lamp.light]}
      {name}
      <span className="unseen">{state}</span>
    </span>
  )
}

function RedLamp({ lamp, row }: { readonly lamp: ExamLamp; readonly row: ExamRow }) {
  const [open, setOpen] = useState(false)
  const { name, state } = useLampWords(lamp)
  const { reason } = useWhy()(lamp.cloud ?? {})
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      title={`${lamp.cloud?.destinationName ?? name} · ${state}`}
      content={open ? <LampHelp lamp={lamp} row={row} onClose={() => setOpen(false)} /> : null}
    >
      <button
        type="button"
        className="lamp lamp-blocked lamp-button"
        data-lamp={`${lamp.kind}:${lamp.light}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        title={reason ?? state}
        onClick={(event) => event.stopPropagation()}
      >
        {icons.blocked}
        {name}
        <span className="unseen">{state}</span>
      </button>
    </Popover>
  )
}
