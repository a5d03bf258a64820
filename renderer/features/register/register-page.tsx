import { Button, Card, Form, Typography } from 'antd'
import { useState } from 'react'
import type { AnswerOf } from '../../../shared/api/route.ts'
import { type Routes, routes } from '../../../shared/api/routes.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { PageHeading } from '../../components/page-heading.tsx'
import { showFieldErrors } from '../../components/show-field-errors.ts'
import { useText } from '../../text/use-text.tsx'
import { RegisteredPanel } from './registered-panel.tsx'
import { RegistrationForm } from './registration-form.tsx'
import { nextValues, type RegistrationValues, registrationOf } from './registration-values.ts'
import { rememberItem } from './usual-items.ts'

type Registered = {
  readonly exam: AnswerOf<Routes['examRegister']>
  readonly values: RegistrationValues
}

export function RegisterPage() {
  const { register } = useText()
  const notice = useFailureNotice()
  const [form] = Form.useForm<RegistrationValues>()
  const [registered, setRegistered] = useState<Registered>()
  const [initialValues, setInitialValues] = useState(() => nextValues())
  const save = useStationMutation(routes.examRegister, {
    stale: [routes.examList, routes.trayList],
    onDone: (exam) => {
      const { modality, itemCode, itemName, bodyPart } = exam
      rememberItem({ modality, itemCode, itemName, bodyPart: bodyPart ?? '' })
      setRegistered({ exam, values: form.getFieldsValue(true) as RegistrationValues })
    },
    onFailure: (error) => {
      if (!showFieldErrors(form, error)) notice(error)
    },
  })
  const submit = (values: RegistrationValues) => {
    if (!save.isPending) save.mutate({ body: registrationOf(values) })
  }
  const another = () => {
    setInitialValues(nextValues(registered?.values))
    setRegistered(undefined)
  }

  return (
    <section className="page page-narrow">
      <PageHeading title={register.title} />
      <Card>
        {registered ? (
          <RegisteredPanel
            exam={registered.exam}
            patientName={registered.values.patient.name ?? ''}
            onAnother={another}
          />
        ) : (
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
        )}
      </Card>
    </section>
  )
}
