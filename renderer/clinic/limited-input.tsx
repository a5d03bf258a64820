import { Input, type InputProps } from 'antd'
import { gb18030Length } from '../../shared/text/gb18030-length.ts'
import { useLanguage, useText } from '../text/use-text.tsx'
import { useDeskLimit } from './use-desk-limit.ts'

type Props = InputProps & {
  /** The model's field: 'exam.applyDoctor.name'. */
  readonly source: string
}

/** Says while it is typed how much of what the clouds take is used. Longer is allowed here: the cloud refuses, the preflight says it. */
export function LimitedInput({ source, ...input }: Props) {
  const { care } = useText()
  const { language } = useLanguage()
  const limit = useDeskLimit(source)
  if (!limit) return <Input {...input} />
  const used = gb18030Length(String(input.value ?? ''))
  const over = used > limit.bytes
  const hint = language === 'en' ? limit.hintInEnglish : limit.hint
  return (
    <>
      <Input
        {...input}
        {...(over ? { status: limit.severity === 'blocks' ? 'error' : 'warning' } : {})}
        suffix={
          used > 0 ? (
            <span className={over ? 'input-bytes input-bytes-over' : 'input-bytes'} data-bytes={used} title={hint}>
              {used}/{limit.bytes}
            </span>
          ) : (
            <span />
          )
        }
      />
      {over ? (
        <div className={limit.severity === 'blocks' ? 'limit-over bad' : 'limit-over'} role="status">
          {limit.severity === 'blocks' ? care.bytesOver(hint) : care.bytesOverWarn(hint)}
        </div>
      ) : null}
    </>
  )
}
