import { Collapse, Form, Input } from 'antd'
import { useText } from '../../text/use-text.tsx'

/** For a gateway with a certificate of its own. Checking is never switched off. */
export function TlsFields() {
  const { settingHelp, settings } = useText()
  return (
    <Collapse
      ghost
      size="small"
      items={[
        {
          key: 'tls',
          label: settings.tls,
          forceRender: true,
          children: (
            <>
              <Form.Item name={['settings', 'tls', 'caPem']} label={settings.caPem} extra={settingHelp.trust.caPem}>
                <Input.TextArea className="mono" rows={4} maxLength={100_000} />
              </Form.Item>
              <Form.Item
                name={['settings', 'tls', 'fingerprint']}
                label={settings.fingerprint}
                extra={settingHelp.trust.fingerprint}
              >
                <Input className="mono" maxLength={200} />
              </Form.Item>
            </>
          ),
        },
      ]}
    />
  )
}
