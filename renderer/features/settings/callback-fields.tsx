import { Form, Input, InputNumber, Switch } from 'antd'
import { useText } from '../../text/use-text.tsx'

/** May the cloud call this station to tell what it has of an exam? Off unless somebody wants it. */
export function CallbackFields({ destinationId }: { readonly destinationId: string | undefined }) {
  const { care } = useText()
  const form = Form.useFormInstance()
  const enabled: boolean = Form.useWatch(['settings', 'callback', 'enabled'], form) ?? false
  return (
    <div className="form-columns">
      <Form.Item
        name={['settings', 'callback', 'enabled']}
        label={care.callback}
        valuePropName="checked"
        extra={enabled && destinationId ? care.callbackPath(`/callbacks/aimis/${destinationId}`) : care.callbackHint}
      >
        <Switch />
      </Form.Item>
      {enabled ? (
        <>
          <Form.Item name={['settings', 'callback', 'port']} label={care.callbackPort} extra={care.callbackPortHint}>
            <InputNumber className="mono" min={1} max={65_535} precision={0} />
          </Form.Item>
          <Form.Item name={['settings', 'callback', 'host']} label={care.callbackHost} extra={care.callbackHostHint}>
            <Input className="mono" maxLength={253} />
          </Form.Item>
        </>
      ) : null}
    </div>
  )
}
