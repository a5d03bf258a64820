import { Tooltip } from 'antd'
import { gb18030Length } from '../../../shared/text/gb18030-length.ts'
import { useDeskLimit } from '../../clinic/use-desk-limit.ts'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly text: string; readonly source: 'report.findings' | 'report.impression' | 'report.advice' }

/** From this part of the limit on it is worth knowing. */
const near = 0.5

/** How much of the provincial cloud's limit a text takes: said while there is still time to write less. */
export function ByteCounter({ text, source }: Props) {
  const { report } = useText()
  const limit = useDeskLimit(source)
  if (!limit) return null
  const used = gb18030Length(text)
  if (used < limit.bytes * near) return null
  return (
    <Tooltip title={report.bytesHint(limit.bytes)}>
      <span className={used > limit.bytes ? 'byte-counter byte-counter-over' : 'byte-counter'} data-bytes={used}>
        {report.bytes(used, limit.bytes)}
        {used > limit.bytes ? report.bytesOver(used - limit.bytes) : ''}
      </span>
    </Tooltip>
  )
}
