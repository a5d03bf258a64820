import { Form, Input, InputNumber, Select } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { modalitySchema } from '../../../shared/models/exam.ts'
import { aeTitleSchema, type Device, deviceInputSchema, readAsSchema } from '../../../shared/models/settings.ts'
import { filledRule } from '../../components/filled-rule.ts'
import { useText } from '../../text/use-text.tsx'
import { EditDialog } from './edit-dialog.tsx'

const characterSets = deviceInputSchema.shape.characterSet.unwrap().options

type Props = { readonly device?: Device; readonly onClose: () => void }

export function DeviceDialog({ device, onClose }: Props) {
  const { common, devices, settingHelp, settings, words } = useText()
  const required = filledRule(common.required)
  return (
    <EditDialog<Device>
      title={device ? settings.deviceChange : settings.deviceCreate}
      initialValues={device ?? { modality: 'DR', characterSet: 'gb18030', readAs: 'declared' }}
      id={device?.id}
      create={routes.deviceCreate}
      change={routes.deviceChange}
      list={routes.deviceList}
      onClose={onClose}
      width={680}
    >
      <div className="form-columns">
        <Form.Item name="name" label={settings.deviceName} extra={settingHelp.device.name} rules={[required]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="aeTitle"
          label={settings.deviceAeTitle}
          extra={settingHelp.device.aeTitle}
          rules={[
            required,
            {
              validator: async (_, value: string | undefined) => {
                if (value?.trim() && !aeTitleSchema.safeParse(value).success) throw new Error(settings.deviceAeRule)
              },
            },
          ]}
        >
          <Input className="mono" maxLength={16} />
        </Form.Item>
        <Form.Item name="host" label={settings.deviceHost} extra={devices.hostHint}>
          <Input className="mono" maxLength={100} />
        </Form.Item>
        <Form.Item name="modality" label={settings.modality} extra={settingHelp.device.modality}>
          <Select
            allowClear
            options={modalitySchema.options.map((value) => ({ value, label: words.modality[value] }))}
          />
        </Form.Item>
        <Form.Item name="port" label={settings.port} extra={devices.portHint}>
          <InputNumber min={1} max={65535} />
        </Form.Item>
        <Form.Item name="characterSet" label={settings.characterSet} extra={devices.characterSetHint}>
          <Select options={characterSets.map((value) => ({ value, label: settings.characterSets[value] }))} />
        </Form.Item>
        <Form.Item name="readAs" label={devices.readAs} extra={devices.readAsHint}>
          <Select options={readAsSchema.options.map((value) => ({ value, label: devices.readAsWords[value] }))} />
        </Form.Item>
      </div>
    </EditDialog>
  )
}
