import { App, Layout } from 'antd'
import { useEffect } from 'react'
import { Outlet } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import { useStationEvents } from '../api/use-station-events.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { useText } from '../text/use-text.tsx'
import { useAppearance } from './appearance.tsx'
import { HealthDot } from './health-dot.tsx'
import { MainMenu } from './main-menu.tsx'
import { PageHelp, usePageHelp } from './page-help.tsx'
import { ScanListener } from './scan-listener.tsx'
import { UserMenu } from './user-menu.tsx'
import { WizardReminder } from './wizard-reminder.tsx'

const healthEveryMilliseconds = 15_000
/** Pixels: the longest word of the menu has room beside its sign. */
const sideWidths = { normal: 172, big: 190, huge: 216 } as const

/** The frame around every page: menu at the left, the orange border in training. */
export function DeskShell() {
  const { common, shell } = useText()
  const { message } = App.useApp()
  const help = usePageHelp()
  const { size } = useAppearance()
  const connected = useStationEvents()
  const health = useStationQuery(routes.health, { refetchInterval: healthEveryMilliseconds })
  const institutions = useStationQuery(routes.institutionList)
  const training = health.data?.mode === 'training'

  useEffect(() => {
    if (connected) message.destroy('connection')
    else message.open({ key: 'connection', type: 'loading', content: shell.reconnecting, duration: 0 })
  }, [connected, message, shell.reconnecting])

  return (
    <Layout className={training ? 'desk desk-training' : 'desk'} data-mode={health.data?.mode}>
      <Layout.Sider width={sideWidths[size]} theme="light" className="desk-side">
        <div className="brand">
          <span className="brand-name">{common.productName}</span>
          <span className="brand-institution" title={institutions.data?.[0]?.name}>
            {institutions.data?.[0]?.name}
          </span>
        </div>
        {training ? (
          <div className="training-word" title={shell.trainingHint}>
            {shell.training}
          </div>
        ) : null}
        <MainMenu blocked={health.data?.queue?.blocked ?? 0} isTraining={training} />
        <div className="desk-side-foot">
          <WizardReminder />
          <HealthDot health={health.data} reachable={connected && !health.error} />
          <UserMenu onHelp={help.open} />
        </div>
      </Layout.Sider>
      <Layout.Content className="desk-content">
        <ScanListener />
        <Outlet />
        <PageHelp opened={help.opened} onClose={help.close} />
      </Layout.Content>
    </Layout>
  )
}
