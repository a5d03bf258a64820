import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Card, Form, Input, InputNumber, Select } from 'antd'
import { modalitySchema } from '../../../shared/models/exam.ts'
import { SettingsForm } from '../../clinic/settings-form.tsx'
import { filledRule } from '../../components/filled-rule.ts'
import { useText } from '../../text/use-text.tsx'
import { bodyOfReporting, fieldOfReporting, type ReportingForm, reportingValues } from './report-label-rows.ts'

/** What reports are called and may not say. */
export function ReportingTab({ mayChange }: { readonly mayChange: boolean }) {
  const { common, staff } = useText()
  const required = [filledRule(common.required)]
  const modalities = [
    { value: '*', label: staff.everyModality },
    ...modalitySchema.options.map((value) => ({ value, label: value })),
  ]
  return (
    <Card>
      <SettingsForm<ReportingForm>
        mayChange={mayChange}
        valuesOf={reportingValues}
        bodyOf={bodyOfReporting}
        fieldOf={fieldOfReporting}
      >
        <div className="form-columns">
          <Form.Item
            name="autosaveSeconds"
            label={staff.autosaveSeconds}
            extra={staff.autosaveSecondsHint}
            rules={[{ required: true, message: common.required }]}
          >
            <InputNumber min={1} max={60} precision={0} />
          </Form.Item>
        </div>
        <Form.Item name="forbiddenWords" label={staff.forbiddenWords} extra={staff.forbiddenWordsHint}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',', '，', '、']} />
        </Form.Item>
        <Form.Item label={staff.reportLabels} extra={staff.reportLabelsHint}>
          <Form.List name="labels">
            {(rows, { add, remove }) => (
              <div className="report-labels">
                {rows.map(({ key, name }) => (
                  <div key={key} className="report-label-row">
                    <Form.Item name={[name, 'modality']} noStyle rules={required}>
                      <Select aria-label={staff.labelModality} options={modalities} />
                    </Form.Item>
                    <Form.Item name={[name, 'findings']} noStyle rules={required}>
                      <Input aria-label={staff.labelFindings} maxLength={12} />
                    </Form.Item>
                    <Form.Item name={[name, 'impression']} noStyle rules={required}>
                      <Input aria-label={staff.labelImpression} maxLength={12} />
                    </Form.Item>
                    <Button
                      type="text"
                      icon={<DeleteOutlined aria-hidden />}
                      aria-label={common.remove}
                      onClick={() => remove(name)}
                    />
                  </div>
                ))}
                <Button icon={<PlusOutlined aria-hidden />} onClick={() => add()}>
                  {staff.addLabel}
                </Button>
              </div>
            )}
          </Form.List>
        </Form.Item>
      </SettingsForm>
    </Card>
  )
}
