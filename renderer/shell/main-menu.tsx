import {
  BarChartOutlined,
  CheckSquareOutlined,
  CloudUploadOutlined,
  ExperimentOutlined,
  FolderOpenOutlined,
  FormOutlined,
  InboxOutlined,
  PrinterOutlined,
  SettingOutlined,
  TeamOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import { Badge, Menu } from 'antd'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { useText } from '../text/use-text.tsx'

type Entry = { readonly path: string; readonly icon: ReactNode; readonly label: string; readonly badge?: ReactNode }

export function MainMenu({ blocked, isTraining }: { readonly blocked: number; readonly isTraining: boolean }) {
  const { print, day, shell, statistics, training } = useText()
  const { pathname } = useLocation()
  const tray = useStationQuery(routes.trayList)
  const reprints = useStationQuery(routes.reprintList)
  const ready = reprints.data?.filter((card) => card.state === 'ready').length ?? 0
  const trayCount = tray.data?.length ?? 0
  const entries: readonly Entry[] = [
    { path: '/board', icon: <UnorderedListOutlined aria-hidden />, label: shell.board },
    { path: '/register', icon: <FormOutlined aria-hidden />, label: shell.register },
    {
      path: '/tray',
      icon: <InboxOutlined aria-hidden />,
      label: shell.tray,
      badge: <Badge count={trayCount} size="small" color="#d46b08" title={shell.trayCount(trayCount)} />,
    },
    { path: '/imports', icon: <FolderOpenOutlined aria-hidden />, label: shell.imports },
    {
      path: '/deliveries',
      icon: <CloudUploadOutlined aria-hidden />,
      label: shell.deliveries,
      badge: <Badge count={blocked} size="small" title={shell.blockedCount(blocked)} />,
    },
    { path: '/day', icon: <CheckSquareOutlined aria-hidden />, label: day.menu },
    { path: '/statistics', icon: <BarChartOutlined aria-hidden />, label: statistics.menu },
    {
      path: '/reprints',
      icon: <PrinterOutlined aria-hidden />,
      label: print.reprints,
      badge: <Badge count={ready} size="small" color="#d46b08" title={print.reprintCount(ready)} />,
    },
    { path: '/settings', icon: <SettingOutlined aria-hidden />, label: shell.settings },
    { path: '/people', icon: <TeamOutlined aria-hidden />, label: shell.people },
    ...(isTraining ? [{ path: '/training', icon: <ExperimentOutlined aria-hidden />, label: training.menu }] : []),
  ]
  const section = pathname.startsWith('/exams') ? '/board' : `/${pathname.split('/')[1]}`
  return (
    <nav aria-label={shell.mainMenu} className="main-menu">
      <Menu
        mode="inline"
        selectedKeys={[section]}
        items={entries.map(({ path, icon, label, badge }) => ({
          key: path,
          icon,
          label: (
            <Link to={path} className="main-menu-link">
              <span>{label}</span>
              {badge}
            </Link>
          ),
        }))}
      />
    </nav>
  )
}
