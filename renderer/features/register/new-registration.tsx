import { Button, Form, Typography } from 'antd'
import type { AnswerOf } from '../../../shared/api/route.ts'
import { type Routes, routes } from '../../../shared/api/routes.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { showFieldErrors } from '../../components/show-field-errors.ts'
import { useText } from '../../text/use-text.tsx'
import { RegistrationForm } from './registration-form.tsx'
import { type RegistrationValues, registrationOf } from './registration-values.ts'
import { rememberItem } from './usual-items.ts'

type Props = {
  readonly initialValues: RegistrationValues
  readonly onRegistered: (exam: AnswerOf<Routes['examRegister']>, values: RegistrationValues) => void
}

/** One patient's form. The next patient gets a new one: nothing of this one can stay behind in it. */
export function NewRegistration({ initialValues, onRegistered }: Props) {
  const { register } = useText()
  const notice = useFailureNotice()
  const [form] = Form.useForm<RegistrationValues>()
  const save = useStationMutation(routes.examRegister, {
    stale: [routes.examList, routes.trayList],
    onDone: (exam) => {
      const { modality, itemCode, itemName, bodyPart } = exam
      rememberItem({ modality, itemCode, itemName, bodyPart: bodyPart ?? '' })
      onRegistered(exam, form.getFieldsValue(true) as RegistrationValues)
    },
    onFailure: (error) => {
      if (!showFieldErrors(form, error)) notice(error)
    },
  })
  const submit = (values: RegistrationValues) => {
    if (!save.isPending) save.mutate({ body: registrationOf(values) })
  }
  return (
    <RegistrationForm form={form} initialValues={initialValues} onFinish={submit}>
      <div className="form-foot">
        <Typography.Text type="secondary" className="mono">
          {register.submitHint}
        </Typography.Text>
        <Button onClick={() => form.resetFields()}>{register.clear}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {register.submit}
        </Button>
      </div>
    </RegistrationForm>
  )
}
