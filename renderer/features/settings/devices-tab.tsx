import { App, Button, Popconfirm, Table } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { Device } from '../../../shared/models/settings.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { CharacterSetProposals } from './character-set-proposals.tsx'
import { DeviceDialog } from './device-dialog.tsx'
import { DeviceEcho } from './device-echo.tsx'
import { DicomTlsPanel } from './dicom-tls-panel.tsx'
import { KnockList } from './knock-list.tsx'
import { StationAddress } from './station-address.tsx'

type Editing = { readonly device?: Device }

export function DevicesTab({ mayChange }: { readonly mayChange: boolean }) {
  const { common, devices, settings } = useText()
  const { message } = App.useApp()
  const list = useStationQuery(routes.deviceList)
  const [editing, setEditing] = useState<Editing>()
  const remove = useStationMutation(routes.deviceRemove, {
    stale: [routes.deviceList],
    onDone: () => message.success(common.saved),
  })
  if (list.error) return <FailureAlert error={list.error} onRetry={() => list.refetch()} />
  return (
    <>
      <StationAddress />
      {mayChange ? <CharacterSetProposals /> : null}
      {mayChange ? (
        <div className="tab-actions">
          <Button onClick={() => setEditing({})}>{settings.deviceCreate}</Button>
        </div>
      ) : null}
      <Table<Device>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={list.data ?? []}
        pagination={false}
        columns={[
          { title: settings.deviceName, dataIndex: 'name' },
          { title: settings.deviceAeTitle, dataIndex: 'aeTitle', className: 'mono' },
          { title: settings.host, dataIndex: 'host', className: 'mono' },
          { title: settings.modality, dataIndex: 'modality' },
          { title: settings.characterSet, render: (_, device) => settings.characterSets[device.characterSet] },
          { title: devices.readAsShort, render: (_, device) => devices.readAsWords[device.readAs] },
          {
            key: 'actions',
            width: 200,
            render: (_, device) =>
              mayChange ? (
                <span className="row-actions">
                  {device.port ? <DeviceEcho deviceId={device.id} /> : null}
                  <Button size="small" onClick={() => setEditing({ device })}>
                    {common.edit}
                  </Button>
                  <Popconfirm
                    title={settings.removeDevice(device.name)}
                    description={settings.removeDeviceHint}
                    okText={common.remove}
                    cancelText={common.cancel}
                    onConfirm={() => remove.mutate({ params: { id: device.id } })}
                  >
                    <Button size="small" danger>
                      {common.remove}
                    </Button>
                  </Popconfirm>
                </span>
              ) : null,
          },
        ]}
      />
      {mayChange ? <KnockList devices={list.data ?? []} onAllowed={(device) => setEditing({ device })} /> : null}
      {mayChange ? <DicomTlsPanel /> : null}
      {editing ? (
        <DeviceDialog {...(editing.device ? { device: editing.device } : {})} onClose={() => setEditing(undefined)} />
      ) : null}
    </>
  )
}
