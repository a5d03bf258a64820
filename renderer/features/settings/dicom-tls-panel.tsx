import { Alert, App, Button, Collapse, Form, Input, InputNumber, Radio, Switch } from 'antd'
import type { DicomTls } from '../../../shared/api/device-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useUnsaved } from '../../components/unsaved-changes.tsx'
import { useFieldErrors } from '../../components/use-field-errors.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'

type Values = Omit<DicomTls, 'privateKeySet' | 'problem' | 'problemInEnglish' | 'listeningPort'> & {
  readonly privateKey?: string
}

/** DICOM over TLS: folded away, because most clinics never need it. */
export function DicomTlsPanel() {
  const { devices } = useText()
  const tls = useStationQuery(routes.dicomTlsRead)
  if (!tls.data) return null
  return (
    <Collapse
      className="dicom-tls"
      items={[{ key: 'tls', label: devices.tls, children: <DicomTlsForm tls={tls.data} /> }]}
    />
  )
}

function DicomTlsForm({ tls }: { readonly tls: DicomTls }) {
  const { common, devices, settingHelp } = useText()
  const { language } = useLanguage()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const unsaved = useUnsaved(form.submit)
  const tellFields = useFieldErrors(form)
  const save = useStationMutation(routes.dicomTlsChange, {
    stale: [routes.dicomTlsRead, routes.health],
    onDone: () => {
      unsaved.saved()
      form.resetFields(['privateKey'])
      message.success(common.saved)
    },
    onFailure: (error) => {
      unsaved.refused()
      tellFields(error)
    },
  })
  const keep = ({ privateKey, ...values }: Values) =>
    save.mutate({ body: { ...values, ...(privateKey && { privateKey }) } })
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={tls}
      onValuesChange={unsaved.changed}
      onFinishFailed={unsaved.refused}
      onFinish={keep}
    >
      <p className="faint">{devices.tlsHint}</p>
      {tls.problem ? (
        <Alert
          type={tls.listeningPort === null ? 'error' : 'warning'}
          showIcon
          title={language === 'en' ? tls.problemInEnglish : tls.problem}
        />
      ) : null}
      <p className={tls.listeningPort === null ? 'faint' : 'good'} data-dicom-tls={tls.listeningPort ?? 'off'}>
        {tls.listeningPort === null ? devices.tlsNotListening : devices.tlsListening(tls.listeningPort)}
      </p>
      <Form.Item name="enabled" label={devices.tlsEnabled} extra={settingHelp.tls.enabled} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="port" label={devices.tlsPort} extra={settingHelp.tls.port}>
        <InputNumber min={0} max={65535} />
      </Form.Item>
      <Form.Item name="certificate" label={devices.tlsCertificate} extra={settingHelp.tls.certificate}>
        <Input.TextArea rows={3} className="mono" spellCheck={false} />
      </Form.Item>
      <Form.Item
        name="privateKey"
        label={devices.tlsKey}
        extra={tls.privateKeySet ? devices.tlsKeySet : settingHelp.tls.privateKey}
      >
        <Input.TextArea rows={3} className="mono" spellCheck={false} autoComplete="off" />
      </Form.Item>
      <Form.Item name="clientCertificate" label={devices.tlsClient} extra={settingHelp.tls.clientCertificate}>
        <Radio.Group
          options={(['none', 'required'] as const).map((value) => ({ value, label: devices.tlsClientWords[value] }))}
        />
      </Form.Item>
      <Form.Item name="authorities" label={devices.tlsAuthorities} extra={settingHelp.tls.authorities}>
        <Input.TextArea rows={3} className="mono" spellCheck={false} />
      </Form.Item>
      <Form.Item name="only" label={devices.tlsOnly} extra={settingHelp.tls.only} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {common.save}
      </Button>
    </Form>
  )
}
