import { Form, Input, InputNumber, Radio, Switch } from 'antd'
import { useText } from '../../text/use-text.tsx'
import { SecretField } from './secret-field.tsx'
import { TlsFields } from './tls-fields.tsx'

export function JilinFields({ secretsSet }: { readonly secretsSet: readonly string[] }) {
  const { common, settingHelp, settings } = useText()
  const required = { required: true, message: common.required }
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
  return (
    <>
      <h2>{settings.connection}</h2>
      <div className="form-columns">
        <Form.Item
          name={['settings', 'baseUrl']}
          label={settings.baseUrl}
          extra={settingHelp.jilin.baseUrl}
          rules={[required]}
          className="span-2"
        >
          <Input className="mono" placeholder="https://" />
        </Form.Item>
        <Form.Item name={['settings', 'uid']} label={settings.uid} extra={settingHelp.jilin.uid} rules={[required]}>
          <Input className="mono" maxLength={100} autoComplete="off" />
        </Form.Item>
        <SecretField
          name="appSecret"
          label={settings.appSecret}
          extra={settingHelp.jilin.appSecret}
          isSet={secretsSet.includes('appSecret')}
          rules={[{ max: 50 }]}
        />
        <Form.Item
          name={['settings', 'sm2PublicKey']}
          label={settings.sm2PublicKey}
          className="span-2"
          extra={settings.sm2PublicKeyRule}
          rules={[required, { pattern: /^(04)?[0-9a-fA-F]{128}$/, message: settings.sm2PublicKeyRule }]}
        >
          <Input.TextArea className="mono" autoSize={{ minRows: 2, maxRows: 4 }} maxLength={130} />
        </Form.Item>
      </div>
      <h2>{settings.advanced}</h2>
      <div className="form-columns">
        <Form.Item name={['settings', 'edition']} label={settings.edition} extra={settingHelp.jilin.edition}>
          <Radio.Group
            optionType="button"
            options={(['hospital', 'city'] as const).map((value) => ({
              value,
              label: settings.jilinEditions[value],
            }))}
          />
        </Form.Item>
        <Form.Item name={['settings', 'holdMinutes']} label={settings.holdMinutes} extra={settings.holdMinutesHint}>
          <InputNumber min={0} max={55} precision={0} />
        </Form.Item>
        <Form.Item
          name={['settings', 'narrativeLimit']}
          label={settings.narrativeLimit}
          extra={settingHelp.jilin.narrativeLimit}
        >
          <Radio.Group
            options={(['warn', 'block'] as const).map((value) => ({ value, label: settings.narrativeLimits[value] }))}
          />
        </Form.Item>
        <Form.Item
          name={['settings', 'alsoExampleNames']}
          label={settings.alsoExampleNames}
          extra={settingHelp.jilin.alsoExampleNames}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        <Form.Item name={['settings', 'sm2', 'order']} label={settings.sm2Order} extra={settingHelp.jilin.order}>
          <Radio.Group optionType="button" options={plain(['C1C3C2', 'C1C2C3'])} />
        </Form.Item>
        <Form.Item
          name={['settings', 'sm2', 'encoding']}
          label={settings.sm2Encoding}
          extra={settingHelp.jilin.encoding}
        >
          <Radio.Group optionType="button" options={plain(['base64', 'hex'])} />
        </Form.Item>
        <Form.Item
          name={['settings', 'sm2', 'prefix04']}
          label={settings.sm2Prefix04}
          extra={settingHelp.jilin.prefix04}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      </div>
      <TlsFields />
    </>
  )
}
