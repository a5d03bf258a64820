import { Tooltip } from 'antd'
import { patientExamFields } from '../../../shared/clouds/jilin/patient-exam-fields.ts'
import { gb18030Length } from '../../../shared/text/gb18030-length.ts'
import { useText } from '../../text/use-text.tsx'

/** 'AN..100' of the provincial field table as 100. */
function limitOf(name: 'imageDescription' | 'conclusion'): number {
  const field = patientExamFields.find((known) => known.name === name)
  return Number(field?.format.replace('AN..', '') ?? Number.POSITIVE_INFINITY)
}

type Props = { readonly text: string; readonly field: 'imageDescription' | 'conclusion' }

/** How much of the provincial cloud's limit a text takes: said while there is still time to write less. */
export function ByteCounter({ text, field }: Props) {
  const { report } = useText()
  const limit = limitOf(field)
  const used = gb18030Length(text)
  return (
    <Tooltip title={report.bytesHint(limit)}>
      <span className={used > limit ? 'byte-counter byte-counter-over' : 'byte-counter'} data-bytes={used}>
        {report.bytes(used, limit)}
      </span>
    </Tooltip>
  )
}
