import {
  CheckCircleFilled,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  MinusCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons'
import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { ExamRow } from '../../shared/models/exam.ts'
import { useText } from '../text/use-text.tsx'

type Lamp = ExamRow['lamps'][number]

/** Every lamp has its own shape beside its colour and its word. */
const icons: Readonly<Record<Lamp['lamp'], ReactNode>> = {
  none: <MinusCircleOutlined aria-hidden />,
  waiting: <ClockCircleOutlined aria-hidden />,
  sending: <SyncOutlined aria-hidden />,
  delivered: <CheckCircleFilled aria-hidden />,
  blocked: <ExclamationCircleFilled aria-hidden />,
}

export function Lamps({ lamps }: { readonly lamps: readonly Lamp[] }) {
  const { words } = useText()
  return (
    <span className="lamps">
      {lamps.map((lamp) => (
        <Tooltip key={lamp.destinationId} title={lamp.reason ?? lamp.destinationName}>
          <span className={`lamp lamp-${lamp.lamp}`} data-lamp={`${lamp.kind}:${lamp.lamp}`}>
            {icons[lamp.lamp]} {words.destinationShort[lamp.kind] ?? lamp.destinationName} {words.lamp[lamp.lamp]}
          </span>
        </Tooltip>
      ))}
    </span>
  )
}
