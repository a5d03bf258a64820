import { Button, Card, Spin } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { DestinationKind } from '../../../shared/models/destination.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { DestinationForm } from './destination-form.tsx'

type Props = { readonly kind: DestinationKind; readonly mayChange: boolean }

export function DestinationsTab({ kind, mayChange }: Props) {
  const { settings, words } = useText()
  const list = useStationQuery(routes.destinationList)
  const [adding, setAdding] = useState(false)
  if (list.error) return <FailureAlert error={list.error} onRetry={() => list.refetch()} />
  if (!list.data) return <Spin />
  const own = list.data.filter((destination) => destination.kind === kind)
  const addButton = (
    <Button
      type={own.length === 0 ? 'primary' : 'default'}
      size={own.length === 0 ? 'small' : 'middle'}
      onClick={() => setAdding(true)}
    >
      {settings.addDestination(words.destinationKind[kind])}
    </Button>
  )
  return (
    <div className="destinations">
      {own.map((destination) => (
        <DestinationForm key={destination.id} kind={kind} destination={destination} mayChange={mayChange} />
      ))}
      {own.length === 0 && !adding ? (
        <Card size="small" title={words.destinationKind[kind]} extra={mayChange ? addButton : null}>
          <p className="settings-intro">{settings.destinationFor[kind]}</p>
        </Card>
      ) : null}
      {adding ? <DestinationForm kind={kind} mayChange={mayChange} onCreated={() => setAdding(false)} /> : null}
      {mayChange && !adding && own.length > 0 ? <div className="tab-actions">{addButton}</div> : null}
    </div>
  )
}
