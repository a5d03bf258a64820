import { Link, useLocation } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import { mayCall, useUser } from '../api/use-session.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { useText } from '../text/use-text.tsx'

/** The way back to the first-run wizard, for administrators, until somebody finished it. */
export function WizardReminder() {
  const { training } = useText()
  const { pathname } = useLocation()
  const mayFinish = mayCall(useUser(), routes.settingsChange)
  const settings = useStationQuery(routes.settingsRead)
  if (!mayFinish || settings.data?.desk.wizardDone !== false || pathname.startsWith('/welcome')) return null
  return (
    <Link className="wizard-reminder" to="/welcome">
      {training.wizardOpen}
    </Link>
  )
}
