import { Form, Input, Radio, Switch } from 'antd'
import { paperSettingsSchema } from '../../../shared/models/printing.ts'
import { useText } from '../../text/use-text.tsx'

const shape = paperSettingsSchema.shape
const turns = shape.reportTurn.unwrap().options
const perRow = shape.imagesPerRow.unwrap().options

/** What the papers look like. */
export function PaperFields() {
  const { print, settingHelp, settings } = useText()
  const radio = <K extends string>(values: readonly K[], words: (value: K) => string, label: string) => (
    <Radio.Group
      optionType="button"
      aria-label={label}
      options={values.map((value) => ({ value, label: words(value) }))}
    />
  )
  return (
    <>
      <Form.Item name={['paper', 'card']} label={print.cardPaper} extra={settingHelp.print.cardPaper}>
        {radio(shape.card.unwrap().options, (value) => settings.cardPapers[value], print.cardPaper)}
      </Form.Item>
      <Form.Item
        name={['printing', 'cardOnSave']}
        label={print.cardOnSave}
        extra={print.cardOnSaveHint}
        valuePropName="checked"
      >
        <Switch aria-label={print.cardOnSave} />
      </Form.Item>
      <div className="form-columns">
        <Form.Item name={['paper', 'report']} label={print.reportPaper} extra={settingHelp.print.reportPaper}>
          {radio(shape.report.unwrap().options, (value) => value, print.reportPaper)}
        </Form.Item>
        <Form.Item name={['paper', 'reportTurn']} label={print.reportTurn} extra={print.reportTurnHint}>
          {radio(turns, (value) => print.reportTurns[value], print.reportTurn)}
        </Form.Item>
        <Form.Item name={['paper', 'imagesPerRow']} label={print.imagesPerRow} extra={settingHelp.print.imagesPerRow}>
          {radio(perRow, (value) => print.imagesPerRowWords[value], print.imagesPerRow)}
        </Form.Item>
      </div>
    </>
  )
}

/** Who speaks in a report: name, second line, foot. */
export function LetterheadFields() {
  const { print, settingHelp } = useText()
  return (
    <div className="form-columns">
      <Form.Item name={['paper', 'letterhead', 'name']} label={print.letterheadName} extra={print.letterheadNameHint}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={['paper', 'letterhead', 'secondLine']} label={print.secondLine} extra={print.secondLineHint}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name={['paper', 'letterhead', 'footer']} label={print.footer} extra={settingHelp.print.footer}>
        <Input maxLength={80} />
      </Form.Item>
    </div>
  )
}
