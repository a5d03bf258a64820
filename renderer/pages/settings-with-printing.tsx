import { routes } from '../../shared/api/routes.ts'
import { mayCall, useUser } from '../api/use-session.ts'
import { PrintTab } from '../features/print/print-tab.tsx'
import { SettingsPage } from '../features/settings/settings-page.tsx'
import { useText } from '../text/use-text.tsx'

/** The settings with the tab that the feature of printing brings. */
export function SettingsWithPrinting() {
  const { print } = useText()
  const mayChange = mayCall(useUser(), routes.settingsChange)
  return (
    <SettingsPage more={[{ key: 'printing', label: print.settings, children: <PrintTab mayChange={mayChange} /> }]} />
  )
}
