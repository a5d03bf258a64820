import { Collapse, Form, type FormInstance } from 'antd'
import type { KeyboardEvent, ReactNode } from 'react'
import { isPlainEnter } from '../../components/ime-safe-enter.ts'
import { useText } from '../../text/use-text.tsx'
import { ExamFields } from './exam-fields.tsx'
import { identityCheck } from './identity-check.ts'
import { MoreExamFields } from './more-exam-fields.tsx'
import { MorePatientFields } from './more-patient-fields.tsx'
import { PatientFields } from './patient-fields.tsx'
import type { RegistrationValues } from './registration-values.ts'

type Props = {
  readonly form: FormInstance<RegistrationValues>
  readonly initialValues: RegistrationValues
  readonly onFinish: (values: RegistrationValues) => void
  /** Everything is unfolded: a field that somebody looks for may be anywhere. */
  readonly unfolded?: boolean
  readonly children?: ReactNode
}

/** Enter goes to the next field, as on every Chinese registration screen. */
function focusNextField(field: HTMLElement): void {
  const scope = field.closest('form')
  const fields = [
    ...(scope?.querySelectorAll<HTMLElement>(
      'input:not([type=hidden]):not([disabled]), textarea, button[type=submit]',
    ) ?? []),
  ]
  const visible = fields.filter((candidate) => candidate.offsetParent !== null)
  visible[visible.indexOf(field) + 1]?.focus()
}

function onKeyDown(event: KeyboardEvent<HTMLElement>, submit: () => void): void {
  if (!isPlainEnter(event)) return
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    submit()
    return
  }
  const field = event.target
  if (!(field instanceof HTMLInputElement)) return
  event.preventDefault()
  // A list takes Enter for itself.
  if (field.getAttribute('aria-expanded') === 'true') return
  if (field.role !== 'combobox' || field.value) focusNextField(field)
}

export function RegistrationForm({ form, initialValues, onFinish, unfolded = false, children }: Props) {
  const { register } = useText()
  const fillFromNumber = (changed: Partial<RegistrationValues>) => {
    if (!changed.patient?.identity) return
    const { kind, number } = form.getFieldValue(['patient', 'identity']) as { kind?: never; number?: string }
    const check = identityCheck(kind, number)
    if (check?.ok) form.setFieldsValue({ patient: { sex: check.sex, birthDate: check.birthDate } })
    if (check?.ok)
      void form.validateFields([
        ['patient', 'sex'],
        ['patient', 'birthDate'],
      ])
  }
  return (
    <Form
      form={form}
      layout="vertical"
      className="registration-form"
      initialValues={initialValues}
      onValuesChange={fillFromNumber}
      onFinish={() => onFinish(form.getFieldsValue(true) as RegistrationValues)}
      onKeyDown={(event) => onKeyDown(event, form.submit)}
    >
      <h2>{register.patient}</h2>
      <PatientFields />
      <Collapse
        ghost
        size="small"
        defaultActiveKey={unfolded ? ['more'] : []}
        items={[{ key: 'more', label: register.more, forceRender: true, children: <MorePatientFields /> }]}
      />
      <h2>{register.exam}</h2>
      <ExamFields />
      <Collapse
        ghost
        size="small"
        defaultActiveKey={unfolded ? ['more'] : []}
        items={[{ key: 'more', label: register.moreExam, forceRender: true, children: <MoreExamFields /> }]}
      />
      {children}
    </Form>
  )
}
