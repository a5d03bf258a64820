import { App, Button, Form, Spin } from 'antd'
import type { ReactNode } from 'react'
import type { AnyRoute } from '../../shared/api/route.ts'
import { routes } from '../../shared/api/routes.ts'
import type { StationSettings } from '../../shared/models/settings.ts'
import { useStationMutation } from '../api/use-station-mutation.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { FailureAlert } from '../components/failure-alert.tsx'
import { useUnsaved } from '../components/unsaved-changes.tsx'
import { useFieldErrors } from '../components/use-field-errors.ts'
import { useText } from '../text/use-text.tsx'

type Props<Values extends object> = {
  readonly mayChange: boolean
  readonly valuesOf: (settings: StationSettings) => Values
  /** What is sent; absent: the values as they are. */
  readonly bodyOf?: (values: Values) => Record<string, unknown>
  /** The form's field that the station's path means; absent: the one of the same path. */
  readonly fieldOf?: (path: string, values: Values) => string
  readonly stale?: readonly AnyRoute[]
  /** Absent: only said that it is saved. */
  readonly onSaved?: (settings: StationSettings) => void
  /** Buttons before the one that saves. */
  readonly foot?: ReactNode
  readonly children: ReactNode
}

/** A part of the station's settings: read, shown, saved, and what is refused is said at its field. */
export function SettingsForm<Values extends object>(props: Props<Values>) {
  const { mayChange, valuesOf, bodyOf, fieldOf, stale = [], onSaved, foot, children } = props
  const { common } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const unsaved = useUnsaved(form.submit)
  const tellFields = useFieldErrors(form, (path) => fieldOf?.(path, form.getFieldsValue()) ?? path)
  const current = useStationQuery(routes.settingsRead)
  const change = useStationMutation(routes.settingsChange, {
    stale: [routes.settingsRead, ...stale],
    onDone: (saved) => {
      unsaved.saved()
      if (onSaved) onSaved(saved)
      else message.success(common.saved)
    },
    onFailure: (error) => {
      unsaved.refused()
      tellFields(error)
    },
  })
  if (current.error) return <FailureAlert error={current.error} onRetry={() => current.refetch()} />
  if (!current.data) return <Spin />
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      disabled={!mayChange}
      initialValues={valuesOf(current.data)}
      onValuesChange={unsaved.changed}
      onFinishFailed={unsaved.refused}
      onFinish={(values) => change.mutate({ body: bodyOf?.(values) ?? (values as Record<string, unknown>) })}
    >
      {children}
      {mayChange ? (
        <div className="form-foot">
          {foot}
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {common.save}
          </Button>
        </div>
      ) : null}
    </Form>
  )
}
