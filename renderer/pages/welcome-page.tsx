import { Button, Card, Steps } from 'antd'
import type { ReactNode } from 'react'
import { Link, Navigate, useNavigate, useParams } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import { mayCall, useUser } from '../api/use-session.ts'
import { useStationMutation } from '../api/use-station-mutation.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { PageHeading } from '../components/page-heading.tsx'
import { UnsavedChanges } from '../components/unsaved-changes.tsx'
import { BackupTab } from '../features/settings/backup-tab.tsx'
import { DestinationsTab } from '../features/settings/destinations-tab.tsx'
import { DevicesTab } from '../features/settings/devices-tab.tsx'
import { InstitutionsTab } from '../features/settings/institutions-tab.tsx'
import { useText } from '../text/use-text.tsx'

/** What the first administrator goes through once, each step with a way past it. */
export function WelcomePage() {
  const { training } = useText()
  const navigate = useNavigate()
  const mayChange = mayCall(useUser(), routes.settingsChange)
  const health = useStationQuery(routes.health)
  const end = useStationMutation(routes.settingsChange, { stale: [routes.settingsRead] })
  const isTraining = health.data?.mode === 'training'
  const finish = () => {
    end.mutate({ body: { desk: { wizardDone: true } } })
    navigate(isTraining ? '/training' : '/board')
  }
  const last = training.steps.length - 1
  // In the address: loading the page again stays at the step, and 'back' goes one step back.
  const step = Math.min(last, Math.max(0, Number(useParams().step ?? 1) - 1 || 0))
  const setStep = (next: number) => navigate(`/welcome/${next + 1}`)
  const contents: readonly { readonly hint: string; readonly content: ReactNode }[] = [
    { hint: training.institutionStep, content: <InstitutionsTab mayChange /> },
    {
      hint: training.deviceStep,
      content: (
        <>
          <div className="tab-actions unprinted">
            <Button onClick={() => window.print()}>{training.printSheet}</Button>
          </div>
          <DevicesTab mayChange />
        </>
      ),
    },
    {
      hint: training.destinationStep,
      content: (['aimis', 'jilin', 'pacs'] as const).map((kind) => (
        <DestinationsTab key={kind} kind={kind} mayChange />
      )),
    },
    { hint: training.backupStep, content: <BackupTab mayChange /> },
    {
      hint: training.endStep,
      content: (
        <Card>
          <ul className="welcome-end">
            <li>
              <Link to="/people">{training.endUsers}</Link>
            </li>
            {isTraining ? (
              <li>
                <Link to="/training">{training.endTraining}</Link>
              </li>
            ) : null}
            <li>
              <Link to="/register">{training.endRegister}</Link>
            </li>
          </ul>
        </Card>
      ),
    },
  ]
  const shown = contents[step]!
  if (!mayChange) return <Navigate to="/board" replace />
  return (
    <UnsavedChanges>
      <section className="page page-narrow welcome">
        <PageHeading
          title={training.welcome}
          extra={<Button onClick={() => navigate('/board')}>{training.later}</Button>}
        />
        <Steps current={step} onChange={setStep} items={training.steps.map((title) => ({ title }))} />
        <p className="settings-intro">{shown.hint}</p>
        {shown.content}
        <div className="form-foot">
          {step > 0 ? <Button onClick={() => setStep(step - 1)}>{training.previous}</Button> : null}
          {step < last ? (
            <Button type="primary" onClick={() => setStep(step + 1)}>
              {training.next}
            </Button>
          ) : (
            <Button type="primary" onClick={finish}>
              {training.finish}
            </Button>
          )}
        </div>
      </section>
    </UnsavedChanges>
  )
}
