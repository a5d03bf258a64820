import { App, Button, Card, Form, Input, InputNumber, Radio, Select, Spin, Switch } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { StationSettings } from '../../../shared/models/settings.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { showFieldErrors } from '../../components/show-field-errors.ts'
import { useText } from '../../text/use-text.tsx'
import { TrainingClouds } from './training-clouds.tsx'

export function GeneralTab({ mayChange }: { readonly mayChange: boolean }) {
  const { care, common, devices, settings, staff } = useText()
  const { message } = App.useApp()
  const notice = useFailureNotice()
  const [form] = Form.useForm<StationSettings>()
  const current = useStationQuery(routes.settingsRead)
  const health = useStationQuery(routes.health)
  const change = useStationMutation(routes.settingsChange, {
    stale: [routes.settingsRead, routes.health],
    onDone: () => message.success(common.saved),
    onFailure: (error) => {
      if (!showFieldErrors(form, error)) notice(error)
    },
  })
  if (current.error) return <FailureAlert error={current.error} onRetry={() => current.refetch()} />
  if (!current.data) return <Spin />
  const required = [{ required: true, message: common.required }]
  return (
    <Card>
      {health.data?.mode === 'training' ? <TrainingClouds mayChange={mayChange} /> : null}
      <Form
        form={form}
        layout="vertical"
        disabled={!mayChange}
        initialValues={current.data}
        onFinish={(values) => change.mutate({ body: values as unknown as Record<string, unknown> })}
      >
        <Form.Item name="mode" label={settings.mode} extra={settings.modeHint}>
          <Radio.Group
            optionType="button"
            options={(['training', 'real'] as const).map((value) => ({ value, label: settings.modes[value] }))}
          />
        </Form.Item>
        <div className="form-columns">
          <Form.Item
            name={['dicom', 'settleSeconds']}
            label={settings.settleSeconds}
            extra={settings.settleSecondsHint}
            rules={required}
          >
            <InputNumber min={1} max={3600} precision={0} />
          </Form.Item>
          <Form.Item
            name={['reporting', 'singleDoctor']}
            label={settings.singleDoctor}
            extra={settings.singleDoctorHint}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
          <Form.Item
            name={['numbering', 'accessionPattern']}
            label={settings.accessionPattern}
            extra={settings.accessionPatternHint}
            rules={required}
          >
            <Input className="mono" maxLength={60} />
          </Form.Item>
          <Form.Item
            name={['numbering', 'patientPattern']}
            label={settings.patientPattern}
            extra={staff.patternHint}
            rules={required}
          >
            <Input className="mono" maxLength={60} />
          </Form.Item>
          <Form.Item
            name={['lookups', 'department', 'name']}
            label={care.department}
            extra={care.departmentHint}
            rules={required}
          >
            <Input maxLength={10} />
          </Form.Item>
          <Form.Item
            name={['lookups', 'department', 'code']}
            label={care.departmentCode}
            extra={staff.departmentCodeHint}
            rules={required}
          >
            <Input className="mono" maxLength={20} />
          </Form.Item>
          <Form.Item
            name={['security', 'idleLockMinutes']}
            label={staff.idleLock}
            extra={staff.idleLockHint}
            rules={required}
          >
            <InputNumber min={0} max={240} precision={0} />
          </Form.Item>
          <Form.Item
            name={['reconcile', 'hour']}
            label={care.reconcileHour}
            extra={care.reconcileHourHint}
            rules={required}
          >
            <InputNumber min={0} max={23} precision={0} />
          </Form.Item>
        </div>
        <Form.Item name={['dicomWeb', 'viewerOrigins']} label={devices.viewerOrigins} extra={devices.viewerOriginsHint}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',']} />
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
