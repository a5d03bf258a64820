import { Alert, Tabs } from 'antd'
import type { ReactNode } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { UnsavedChanges } from '../../components/unsaved-changes.tsx'
import { useText } from '../../text/use-text.tsx'
import { AuditTab } from './audit-tab.tsx'
import { BackupTab } from './backup-tab.tsx'
import { DestinationsTab } from './destinations-tab.tsx'
import { DevicesTab } from './devices-tab.tsx'
import { GeneralTab } from './general-tab.tsx'
import { InstitutionsTab } from './institutions-tab.tsx'
import { ItemMappingsTab } from './item-mappings-tab.tsx'
import { ReportingTab } from './reporting-tab.tsx'

type Tab = { readonly key: string; readonly label: string; readonly children: ReactNode }

/** `more`: tabs that other features bring. */
export function SettingsPage({ more = [] }: { readonly more?: readonly Tab[] }) {
  const { settings, staff, training } = useText()
  const { tab = 'general' } = useParams()
  const navigate = useNavigate()
  const user = useUser()
  const mayChange = mayCall(user, routes.settingsChange)
  return (
    <UnsavedChanges>
      <section className="page page-narrow">
        <PageHeading
          title={settings.title}
          extra={mayChange ? <Link to="/welcome">{training.wizardAgain}</Link> : null}
        />
        {mayChange ? null : <Alert type="info" showIcon title={settings.readOnly} />}
        <Tabs
          activeKey={tab}
          onChange={(key) => navigate(`/settings/${key}`)}
          destroyOnHidden
          items={[
            { key: 'general', label: settings.general, children: <GeneralTab mayChange={mayChange} /> },
            { key: 'reporting', label: staff.reporting, children: <ReportingTab mayChange={mayChange} /> },
            ...more,
            { key: 'institutions', label: settings.institutions, children: <InstitutionsTab mayChange={mayChange} /> },
            { key: 'devices', label: settings.devices, children: <DevicesTab mayChange={mayChange} /> },
            {
              key: 'aimis',
              label: settings.aimis,
              children: <DestinationsTab kind="aimis" mayChange={mayChange} />,
            },
            {
              key: 'jilin',
              label: settings.jilin,
              children: <DestinationsTab kind="jilin" mayChange={mayChange} />,
            },
            { key: 'pacs', label: settings.pacs, children: <DestinationsTab kind="pacs" mayChange={mayChange} /> },
            { key: 'items', label: settings.items, children: <ItemMappingsTab mayChange={mayChange} /> },
            { key: 'backup', label: staff.backup, children: <BackupTab mayChange={mayChange} /> },
            ...(mayChange ? [{ key: 'audit', label: settings.audit, children: <AuditTab /> }] : []),
          ]}
        />
      </section>
    </UnsavedChanges>
  )
}
