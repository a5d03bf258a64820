import { Alert, Button, Card, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { type CardPaper, cardPaperSchema, cardRulerLength } from '../../../shared/models/printing.ts'
import { usePrint } from '../../clinic/use-print.tsx'
import { useText } from '../../text/use-text.tsx'
import { scaleVerdict } from './scale-verdict.ts'

/** A page to hold a ruler against, and what the measured length means. */
export function Calibration({ cardPaper }: { readonly cardPaper: CardPaper }) {
  const { print: text, settings } = useText()
  const { print, isPrinting } = usePrint()
  const [paper, setPaper] = useState(cardPaper)
  const [measured, setMeasured] = useState<number | null>(null)
  const length = cardRulerLength(paper)
  const verdict = scaleVerdict(length, measured)
  return (
    <Card title={text.calibration} size="small">
      <p className="faint">{text.calibrationHint}</p>
      <div className="calibration-line">
        <Select
          aria-label={text.calibrationPaper}
          value={paper}
          options={cardPaperSchema.options.map((value) => ({ value, label: settings.cardPapers[value] }))}
          onChange={setPaper}
        />
        <Button loading={isPrinting} onClick={() => print({ kind: 'calibration', query: { paper } })}>
          {text.printCalibration}
        </Button>
        <label htmlFor="measured-length">{text.measured}</label>
        <InputNumber id="measured-length" min={1} max={400} step={0.5} value={measured} onChange={setMeasured} />
        <span className="faint">{text.nominal(length)}</span>
      </div>
      {verdict.kind === 'right' ? <Alert type="success" showIcon title={text.scaleRight} /> : null}
      {verdict.kind === 'wrong' ? <Alert type="warning" showIcon title={text.scaleWrong(verdict.percent)} /> : null}
      <p className="faint">{text.testCodes}</p>
    </Card>
  )
}
