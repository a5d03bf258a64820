import { Form, Input, Radio, Switch } from 'antd'
import { useText } from '../../text/use-text.tsx'
import { CallbackFields } from './callback-fields.tsx'
import { DicomPeerFields } from './dicom-peer-fields.tsx'
import { SecretField } from './secret-field.tsx'
import { TlsFields } from './tls-fields.tsx'

type Props = { readonly secretsSet: readonly string[]; readonly destinationId: string | undefined }

export function AimisFields({ secretsSet, destinationId }: Props) {
  const { common, settingHelp, settings } = useText()
  const required = { required: true, message: common.required }
  return (
    <>
      <h2>{settings.connection}</h2>
      <div className="form-columns">
        <Form.Item
          name={['settings', 'gatewayUrl']}
          label={settings.gatewayUrl}
          extra={settingHelp.aimis.gatewayUrl}
          rules={[required]}
        >
          <Input className="mono" placeholder="https://192.168.1.30:8443" />
        </Form.Item>
        <Form.Item
          name={['settings', 'serviceUrl']}
          label={settings.serviceUrl}
          extra={settingHelp.aimis.serviceUrl}
          rules={[required]}
        >
          <Input className="mono" />
        </Form.Item>
        <Form.Item
          name={['settings', 'appId']}
          label={settings.appId}
          extra={settingHelp.aimis.appId}
          rules={[required]}
        >
          <Input className="mono" maxLength={100} autoComplete="off" />
        </Form.Item>
        <SecretField
          name="token"
          label={settings.token}
          isSet={secretsSet.includes('token')}
          rules={[{ pattern: /^[\x21-\x7e]{32}$/, message: settings.tokenRule }]}
          extra={settingHelp.aimis.token}
        />
      </div>
      <h2>{settings.identity}</h2>
      <div className="form-columns">
        <Form.Item
          name={['settings', 'hospitalId']}
          label={settings.hospitalIdOverride}
          extra={settingHelp.aimis.hospitalId}
        >
          <Input className="mono" maxLength={60} />
        </Form.Item>
        <Form.Item name={['settings', 'unionId']} label={settings.unionId} extra={settingHelp.aimis.unionId}>
          <Input className="mono" maxLength={60} />
        </Form.Item>
      </div>
      <h2>{settings.dicomGateway}</h2>
      <DicomPeerFields />
      <h2>{settings.advanced}</h2>
      <div className="form-columns">
        <Form.Item name={['settings', 'edition']} label={settings.edition} extra={settingHelp.aimis.edition}>
          <Radio.Group
            optionType="button"
            options={(['2023', '2025'] as const).map((value) => ({ value, label: settings.aimisEditions[value] }))}
          />
        </Form.Item>
        <Form.Item
          name={['settings', 'signatureEncoding']}
          label={settings.signatureEncoding}
          extra={settingHelp.aimis.signatureEncoding}
        >
          <Radio.Group optionType="button" options={['hex', 'base64'].map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item
          name={['settings', 'pdfAsDicom']}
          label={settings.pdfAsDicom}
          extra={settingHelp.aimis.pdfAsDicom}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      </div>
      <CallbackFields destinationId={destinationId} />
      <TlsFields />
    </>
  )
}
