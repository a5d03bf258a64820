import { Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useText } from '../../text/use-text.tsx'
import { usePrinters } from './use-printers.ts'

type Props = { readonly kind: 'card' | 'report' | 'daySheet' }

/** Which printer one kind of paper goes to, and how. */
export function PrinterFields({ kind }: Props) {
  const { print, settingHelp } = useText()
  const title = print.printerOf[kind]
  const name = (field: string) => ['printing', kind, field]
  return (
    <fieldset className="printer-fields">
      <legend>{title}</legend>
      <Form.Item name={name('printer')} label={print.printer} extra={settingHelp.print.printer}>
        <PrinterSelect label={`${title} ${print.printer}`} />
      </Form.Item>
      <Form.Item
        name={name('copies')}
        label={print.copies}
        extra={settingHelp.print.copies}
        rules={[{ required: true }]}
      >
        <InputNumber min={1} max={9} precision={0} aria-label={`${title} ${print.copies}`} />
      </Form.Item>
      <Form.Item
        name={name('offsetX')}
        label={print.offsetX}
        extra={settingHelp.print.offsetX}
        rules={[{ required: true }]}
      >
        <InputNumber min={-100} max={100} precision={0} aria-label={`${title} ${print.offsetX}`} />
      </Form.Item>
      <Form.Item
        name={name('offsetY')}
        label={print.offsetY}
        extra={settingHelp.print.offsetY}
        rules={[{ required: true }]}
      >
        <InputNumber min={-100} max={100} precision={0} aria-label={`${title} ${print.offsetY}`} />
      </Form.Item>
      <Form.Item name={name('askFirst')} valuePropName="checked" label=" " extra={settingHelp.print.askFirst}>
        <Checkbox aria-label={`${title} ${print.askFirst}`}>{print.askFirst}</Checkbox>
      </Form.Item>
    </fieldset>
  )
}

type Choice = { readonly label: string; readonly value?: string; readonly onChange?: (name: string) => void }

/** In a browser nobody knows the printers: the queue's name may be typed for the desk's own window. */
function PrinterSelect({ label, value = '', onChange, ...rest }: Choice) {
  const { print } = useText()
  const list = usePrinters()
  if (list.kind !== 'listed')
    return (
      <Input
        {...rest}
        aria-label={label}
        placeholder={print.defaultPrinter}
        maxLength={200}
        value={value}
        onChange={(event) => onChange?.(event.target.value)}
      />
    )
  const known = list.printers.map((one) => ({ value: one.name, label: one.displayName }))
  const isGone = value !== '' && !known.some((one) => one.value === value)
  const options = [
    { value: '', label: print.defaultPrinter },
    ...known,
    ...(isGone ? [{ value, label: print.unknownPrinter(value) }] : []),
  ]
  return (
    <Select
      {...rest}
      aria-label={label}
      value={value}
      options={options}
      onChange={(chosen: string) => onChange?.(chosen)}
    />
  )
}
