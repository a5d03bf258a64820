import { Alert, Card, Spin } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { StationSettings } from '../../../shared/models/settings.ts'
import { useUser } from '../../api/use-session.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { InkPicture } from '../../clinic/ink-picture.tsx'
import { SettingsForm } from '../../clinic/settings-form.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { Calibration } from './calibration.tsx'
import { LetterheadFields, PaperFields } from './paper-fields.tsx'
import { PrinterFields } from './printer-fields.tsx'
import { usePrinters } from './use-printers.ts'
import './print.css'

type PrintValues = Pick<StationSettings, 'paper' | 'printing'>

/** Printers, papers and what stands on them; everybody's own signature. */
export function PrintTab({ mayChange }: { readonly mayChange: boolean }) {
  const { print } = useText()
  const user = useUser()
  const printers = usePrinters()
  const current = useStationQuery(routes.settingsRead)
  if (current.error) return <FailureAlert error={current.error} onRetry={() => current.refetch()} />
  if (!current.data) return <Spin />
  const { paper } = current.data
  return (
    <div className="print-tab">
      <SettingsForm<PrintValues> mayChange={mayChange} valuesOf={({ paper, printing }) => ({ paper, printing })}>
        <Card title={print.papers} size="small">
          <PaperFields />
        </Card>
        <Card title={print.printers} size="small">
          <p className="faint">{print.printersHint}</p>
          {printers.kind === 'browser' ? <Alert type="info" showIcon title={print.printersInBrowser} /> : null}
          {printers.kind === 'failed' ? <Alert type="warning" showIcon title={print.printersMissing} /> : null}
          <PrinterFields kind="card" />
          <PrinterFields kind="report" />
          <PrinterFields kind="daySheet" />
          <p className="faint">{print.offsetHint}</p>
        </Card>
        <Card title={print.letterhead} size="small">
          <p className="faint">{print.letterheadHint}</p>
          <LetterheadFields />
        </Card>
      </SettingsForm>
      <Card title={print.logo} size="small">
        <p className="faint">{print.logoHint}</p>
        <InkPicture name={print.logo} of={{ kind: 'logo' }} mayChange={mayChange} />
      </Card>
      <Card title={print.mySignature} size="small">
        <p className="faint">{print.mySignatureHint}</p>
        <InkPicture name={print.mySignature} of={{ kind: 'account', id: user.id }} mayChange />
      </Card>
      <Calibration key={paper.card} cardPaper={paper.card} />
    </div>
  )
}
