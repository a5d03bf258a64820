import { Input, type InputProps } from 'antd'
import { gb18030Length } from '../../shared/text/gb18030-length.ts'
import { useText } from '../text/use-text.tsx'
import { useDeskLimit } from './use-desk-limit.ts'

type Props = InputProps & {
  /** The model's field: 'exam.applyDoctor.name'. */
  readonly source: string
}

/** Says while it is typed how much of what the clouds take is used. Longer is allowed here: the cloud refuses, the preflight says it. */
export function LimitedInput({ source, ...input }: Props) {
  const { care } = useText()
  const limit = useDeskLimit(source)
  if (!limit) return <Input {...input} />
  const used = gb18030Length(String(input.value ?? ''))
  const over = used > limit.bytes
  return (
    <>
      <Input
        {...input}
        {...(over ? { status: limit.severity === 'blocks' ? 'error' : 'warning' } : {})}
        suffix={
          used > 0 ? (
            <span
              className={over ? 'input-bytes input-bytes-over' : 'input-bytes'}
              data-bytes={used}
              title={limit.hint}
            >
              {used}/{limit.bytes}
            </span>
          ) : (
            <span />
          )
        }
      />
      {over ? (
        <div className={limit.severity === 'blocks' ? 'limit-over bad' : 'limit-over'} role="status">
          {limit.severity === 'blocks' ? care.bytesOver(limit.hint) : care.bytesOverWarn(limit.hint)}
        </div>
      ) : null}
    </>
  )
}
