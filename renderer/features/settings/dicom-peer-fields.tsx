import { Form, Input, InputNumber } from 'antd'
import { aeTitleSchema } from '../../../shared/models/settings.ts'
import { useText } from '../../text/use-text.tsx'

export function DicomPeerFields() {
  const { common, settingHelp, settings } = useText()
  const required = { required: true, message: common.required }
  const aeRule = {
    validator: async (_: unknown, value: string | undefined) => {
      if (value?.trim() && !aeTitleSchema.safeParse(value).success) throw new Error(settings.deviceAeRule)
    },
  }
  return (
    <div className="form-columns">
      <Form.Item
        name={['settings', 'dicom', 'aeTitle']}
        label={settings.peerAeTitle}
        extra={settingHelp.peer.aeTitle}
        rules={[required, aeRule]}
      >
        <Input className="mono" maxLength={16} />
      </Form.Item>
      <Form.Item
        name={['settings', 'callingAeTitle']}
        label={settings.callingAeTitle}
        extra={settings.callingAeTitleHint}
        rules={[aeRule]}
      >
        <Input className="mono" maxLength={16} />
      </Form.Item>
      <Form.Item
        name={['settings', 'dicom', 'host']}
        label={settings.peerHost}
        extra={settingHelp.peer.host}
        rules={[required]}
      >
        <Input className="mono" maxLength={253} />
      </Form.Item>
      <Form.Item
        name={['settings', 'dicom', 'port']}
        label={settings.peerPort}
        extra={settingHelp.peer.port}
        rules={[required]}
      >
        <InputNumber className="mono" min={1} max={65_535} precision={0} />
      </Form.Item>
    </div>
  )
}
