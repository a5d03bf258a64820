import { App, Button, Drawer, Form } from 'antd'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useFieldErrors } from '../../components/use-field-errors.ts'
import { useText } from '../../text/use-text.tsx'
import { RegistrationForm } from './registration-form.tsx'
import { changesOf, type RegistrationValues, valuesOf } from './registration-values.ts'

type Props = {
  readonly row: ExamRow
  /** The field that is to be mended: ['patient', 'phone']. */
  readonly focus?: readonly string[] | undefined
  readonly onClose: () => void
}

export function EditRegistrationDrawer({ row, focus, onClose }: Props) {
  const { common, register } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<RegistrationValues>()
  const onFailure = useFieldErrors(form)
  const before = valuesOf(row.patient, row.exam)
  const change = useStationMutation(routes.examChange, {
    stale: [routes.examRead, routes.examList, routes.examDeliveries, cloudCareRoutes.preflight],
    onDone: () => {
      message.success(common.saved)
      onClose()
    },
    onFailure,
  })
  const save = (after: RegistrationValues) => {
    const body = changesOf(before, after)
    if (body.patient || body.exam) change.mutate({ params: { id: row.exam.id }, body })
    else onClose()
  }
  return (
    <Drawer
      open
      size={760}
      title={register.editTitle}
      onClose={onClose}
      afterOpenChange={(open) => {
        if (open && focus) form.scrollToField([...focus] as never, { block: 'center', focus: true })
      }}
      extra={
        <Button type="primary" loading={change.isPending} onClick={() => form.submit()}>
          {common.save}
        </Button>
      }
    >
      <p className="faint">{register.noticeCorrection}</p>
      <RegistrationForm form={form} initialValues={before} onFinish={save} unfolded={focus !== undefined} />
    </Drawer>
  )
}
