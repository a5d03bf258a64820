import { Card, Form, Input, InputNumber, Radio, Select, Switch } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { OpenTraining } from '../../clinic/open-training.tsx'
import { SettingsForm } from '../../clinic/settings-form.tsx'
import { useText } from '../../text/use-text.tsx'
import { TrainingClouds } from './training-clouds.tsx'

export function GeneralTab({ mayChange }: { readonly mayChange: boolean }) {
  const { care, common, devices, settings, staff } = useText()
  const health = useStationQuery(routes.health)
  const required = [{ required: true, message: common.required }]
  return (
    <Card>
      {health.data?.mode === 'training' ? <TrainingClouds mayChange={mayChange} /> : <OpenTraining />}
      <SettingsForm mayChange={mayChange} valuesOf={(settings) => settings} stale={[routes.health]}>
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
      </SettingsForm>
    </Card>
  )
}
