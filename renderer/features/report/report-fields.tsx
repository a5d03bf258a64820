import { Checkbox, Form, Input, Radio, Splitter } from 'antd'
import type { ReactNode } from 'react'
import { z } from 'zod'
import { useStored } from '../../components/use-stored.ts'
import { useText } from '../../text/use-text.tsx'
import { ByteCounter } from './byte-counter.tsx'
import { CriticalBox } from './critical-box.tsx'
import { DoctorSelect } from './doctor-select.tsx'
import type { ReportText } from './use-report-text.ts'

type Props = {
  readonly readOnly: boolean
  readonly labels: { readonly findings: string; readonly impression: string }
  readonly text: ReportText
  readonly onCritical: () => void
  /** Below the texts, above the marks. */
  readonly remarks: ReactNode
}

const results = ['negative', 'positive', 'undetermined'] as const
/** Per cent of the height that the findings take. */
const shareSchema = z.number().min(15).max(85)

export function ReportFields({ readOnly, labels, text, onCritical, remarks }: Props) {
  const { report, words } = useText()
  const [share, setShare] = useStored('report-findings-share', shareSchema, 62)
  const { findings, impression, advice } = text.texts
  const keepShare = ([upper = 1, lower = 1]: number[]) =>
    setShare(Math.max(15, Math.min(85, (upper / (upper + lower)) * 100)))
  return (
    <>
      <Splitter orientation="vertical" className="report-texts" onResizeEnd={keepShare}>
        <Splitter.Panel defaultSize={`${share}%`} min={84}>
          <div className="labelled-text">
            <Form.Item name="findings" label={labels.findings}>
              <Input.TextArea readOnly={readOnly} maxLength={20_000} {...text.areaProps('findings')} />
            </Form.Item>
            <ByteCounter text={findings} source="report.findings" />
          </div>
        </Splitter.Panel>
        <Splitter.Panel min={84}>
          <div className="labelled-text">
            <Form.Item name="impression" label={labels.impression}>
              <Input.TextArea readOnly={readOnly} maxLength={20_000} {...text.areaProps('impression')} />
            </Form.Item>
            <ByteCounter text={impression} source="report.impression" />
          </div>
        </Splitter.Panel>
      </Splitter>
      {remarks}
      <div className="labelled-text">
        <Form.Item name="advice" label={report.advice}>
          <Input.TextArea
            readOnly={readOnly}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={1000}
            {...text.areaProps('advice')}
          />
        </Form.Item>
        <ByteCounter text={advice} source="report.advice" />
      </div>
      <div className="report-marks">
        <Form.Item name="positive" label={report.positive}>
          <Radio.Group
            disabled={readOnly}
            optionType="button"
            options={results.map((value) => ({ value, label: words.positive[value] }))}
          />
        </Form.Item>
        <Form.Item name="critical" valuePropName="checked">
          <CriticalBox disabled={readOnly} onMarked={onCritical} />
        </Form.Item>
        <Form.Item name="infectious" valuePropName="checked">
          <Checkbox disabled={readOnly} className="report-infectious">
            {report.infectious}
          </Checkbox>
        </Form.Item>
      </div>
      <div className="form-columns">
        <Form.Item name="reportDoctor" label={report.reportDoctor}>
          <DoctorSelect disabled={readOnly} />
        </Form.Item>
        <Form.Item name="auditDoctor" label={report.auditDoctor}>
          <DoctorSelect disabled={readOnly} />
        </Form.Item>
      </div>
    </>
  )
}
