import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Card, Form, Input, InputNumber, Select, Spin } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { modalitySchema } from '../../../shared/models/exam.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { showFieldErrors } from '../../components/show-field-errors.ts'
import { useText } from '../../text/use-text.tsx'
import { labelRows, labelsOf, type ReportingForm } from './report-label-rows.ts'

/** What reports are called and may not say. */
export function ReportingTab({ mayChange }: { readonly mayChange: boolean }) {
  const { common, staff } = useText()
  const { message } = App.useApp()
  const notice = useFailureNotice()
  const [form] = Form.useForm<ReportingForm>()
  const current = useStationQuery(routes.settingsRead)
  const change = useStationMutation(routes.settingsChange, {
    stale: [routes.settingsRead],
    onDone: () => message.success(common.saved),
    onFailure: (error) => {
      if (!showFieldErrors(form, error)) notice(error)
    },
  })
  if (current.error) return <FailureAlert error={current.error} onRetry={() => current.refetch()} />
  if (!current.data) return <Spin />
  const { autosaveSeconds, forbiddenWords, labels } = current.data.reporting
  const required = [{ required: true, whitespace: true, message: common.required }]
  const modalities = [
    { value: '*', label: staff.everyModality },
    ...modalitySchema.options.map((value) => ({ value, label: value })),
  ]
  return (
    <Card>
      <Form<ReportingForm>
        form={form}
        layout="vertical"
        disabled={!mayChange}
        initialValues={{ autosaveSeconds, forbiddenWords, labels: labelRows(labels) }}
        onFinish={(values) => change.mutate({ body: { reporting: { ...values, labels: labelsOf(values.labels) } } })}
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
        {mayChange ? (
          <div className="form-foot">
            <Button type="primary" htmlType="submit" loading={change.isPending}>
              {common.save}
            </Button>
          </div>
        ) : null}
      </Form>
    </Card>
  )
}
