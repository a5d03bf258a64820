import { Checkbox, Form, Input, Radio } from 'antd'
import type { ReportDraft } from '../../../shared/models/report.ts'
import { useText } from '../../text/use-text.tsx'
import { ByteCounter } from './byte-counter.tsx'
import { DoctorSelect } from './doctor-select.tsx'

const results = ['negative', 'positive', 'undetermined'] as const

export function ReportFields({ readOnly }: { readonly readOnly: boolean }) {
  const { report, words } = useText()
  const form = Form.useFormInstance<ReportDraft>()
  const findings = Form.useWatch('findings', form) ?? ''
  const impression = Form.useWatch('impression', form) ?? ''
  return (
    <>
      <div className="labelled-text">
        <Form.Item name="findings" label={report.findings}>
          <Input.TextArea readOnly={readOnly} autoSize={{ minRows: 6, maxRows: 16 }} maxLength={20_000} />
        </Form.Item>
        <ByteCounter text={findings} source="report.findings" />
      </div>
      <div className="labelled-text">
        <Form.Item name="impression" label={report.impression}>
          <Input.TextArea readOnly={readOnly} autoSize={{ minRows: 3, maxRows: 10 }} maxLength={20_000} />
        </Form.Item>
        <ByteCounter text={impression} source="report.impression" />
      </div>
      <Form.Item name="advice" label={report.advice}>
        <Input.TextArea readOnly={readOnly} autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} />
      </Form.Item>
      <div className="report-marks">
        <Form.Item name="positive" label={report.positive}>
          <Radio.Group
            disabled={readOnly}
            optionType="button"
            options={results.map((value) => ({ value, label: words.positive[value] }))}
          />
        </Form.Item>
        <Form.Item name="critical" valuePropName="checked">
          <Checkbox disabled={readOnly} className="critical-mark">
            {report.critical}
          </Checkbox>
        </Form.Item>
        <Form.Item name="infectious" valuePropName="checked">
          <Checkbox disabled={readOnly} className="infectious-mark">
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
