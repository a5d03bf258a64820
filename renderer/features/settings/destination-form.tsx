import { Alert, App, Button, Card, Form, Input, Popconfirm, Switch } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { DestinationView } from '../../../shared/api/settings-routes.ts'
import type { DestinationInput, DestinationKind } from '../../../shared/models/destination.ts'
import type { StationError } from '../../api/station-error.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { filledRule } from '../../components/filled-rule.ts'
import { useUnsaved } from '../../components/unsaved-changes.tsx'
import { useFieldErrors } from '../../components/use-field-errors.ts'
import { useText } from '../../text/use-text.tsx'
import { useWhy } from '../../text/use-why.ts'
import { AimisFields } from './aimis-fields.tsx'
import { CertificateLook } from './certificate-look.tsx'
import { ConnectionTest } from './connection-test.tsx'
import { type DestinationValues, destinationBody, firstValues, valuesOfDestination } from './destination-values.ts'
import { JilinFields } from './jilin-fields.tsx'
import { PacsFields } from './pacs-fields.tsx'
import { SimulatorLink } from './simulator-link.tsx'
import { Sm2Check } from './sm2-check.tsx'
import { TokenGauge } from './token-gauge.tsx'

type Props = {
  readonly kind: DestinationKind
  readonly destination?: DestinationView
  readonly mayChange: boolean
  readonly onCreated?: () => void
}

/** One place where exams go: all of its settings, secrets only to be written. */
export function DestinationForm({ kind, destination, mayChange, onCreated }: Props) {
  const { common, settingHelp, settings, words } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<DestinationValues>()
  const before = destination && valuesOfDestination(destination)
  const unsaved = useUnsaved(form.submit)
  const tellFields = useFieldErrors(form)
  const onFailure = (error: StationError) => {
    unsaved.refused()
    tellFields(error)
  }
  const stale = [routes.destinationList, routes.health]
  const create = useStationMutation(routes.destinationCreate, {
    stale,
    onFailure,
    onDone: () => {
      unsaved.saved()
      message.success(common.saved)
      onCreated?.()
    },
  })
  const change = useStationMutation(routes.destinationChange, {
    stale,
    onFailure,
    onDone: () => {
      unsaved.saved()
      message.success(common.saved)
    },
  })
  const remove = useStationMutation(routes.destinationRemove, { stale, onDone: () => message.success(common.saved) })
  const save = (values: DestinationValues) => {
    const body = destinationBody(kind, before, values)
    if (destination) change.mutate({ params: { id: destination.id }, body })
    else create.mutate({ body: body as unknown as DestinationInput })
  }
  const secretsSet = destination?.secretsSet ?? []
  const paused = useWhy()(destination?.paused ?? {})

  return (
    <Card className="destination" data-destination={kind}>
      {destination?.paused ? (
        <Alert
          type="warning"
          showIcon
          title={`${settings.paused}${common.colon}${paused.reason}`}
          description={paused.action}
        />
      ) : null}
      <Form
        form={form}
        // Several stand on one page: their labels belong to their own fields.
        name={`destination-${destination?.id ?? kind}`}
        layout="vertical"
        disabled={!mayChange}
        initialValues={before ?? firstValues(kind, words.destinationKind[kind])}
        onValuesChange={unsaved.changed}
        onFinishFailed={unsaved.refused}
        onFinish={() => save(form.getFieldsValue(true) as DestinationValues)}
      >
        <div className="form-columns">
          <Form.Item
            name="name"
            label={settings.destinationName}
            extra={settingHelp.destination.name}
            rules={[filledRule(common.required)]}
          >
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item
            name="enabled"
            label={settings.enabled}
            extra={settingHelp.destination.enabled}
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
          <Form.Item
            name={['contact', 'name']}
            label={settings.contactName}
            extra={settingHelp.destination.contactName}
          >
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name={['contact', 'phone']}
            label={settings.contactPhone}
            extra={settingHelp.destination.contactPhone}
          >
            <Input className="mono" maxLength={30} autoComplete="off" />
          </Form.Item>
        </div>
        {kind === 'aimis' ? <AimisFields secretsSet={secretsSet} destinationId={destination?.id} /> : null}
        {kind === 'jilin' ? <JilinFields secretsSet={secretsSet} /> : null}
        {kind === 'pacs' ? <PacsFields secretsSet={secretsSet} /> : null}
        {mayChange ? (
          <div className="form-foot">
            {destination ? (
              <Popconfirm
                title={settings.removeDestination(destination.name)}
                description={settings.removeDestinationHint}
                okText={common.remove}
                cancelText={common.cancel}
                onConfirm={() => remove.mutate({ params: { id: destination.id } })}
              >
                <Button danger loading={remove.isPending}>
                  {common.remove}
                </Button>
              </Popconfirm>
            ) : (
              <Button onClick={onCreated}>{common.cancel}</Button>
            )}
            <Button type="primary" htmlType="submit" loading={create.isPending || change.isPending}>
              {common.save}
            </Button>
          </div>
        ) : null}
      </Form>
      {destination?.kind === 'jilin' ? <TokenGauge destinationId={destination.id} /> : null}
      {destination && mayChange ? (
        <ConnectionTest destinationId={destination.id}>
          <CertificateLook destinationId={destination.id} form={form} />
          {kind === 'jilin' ? <Sm2Check destinationId={destination.id} form={form} /> : null}
          <SimulatorLink destination={destination} />
        </ConnectionTest>
      ) : null}
    </Card>
  )
}
