import './register.css'
import { Collapse, Form, type FormInstance } from 'antd'
import type { KeyboardEvent, ReactNode } from 'react'
import { ExamFlags } from '../../clinic/exam-flags.tsx'
import { isPlainEnter } from '../../components/ime-safe-enter.ts'
import { whenAlone } from '../../components/when-alone.ts'
import { useText } from '../../text/use-text.tsx'
import { digitOf } from './digit-of.ts'
import { ExamFields } from './exam-fields.tsx'
import { chooseByDigit, focusNextField } from './focus-next-field.ts'
import { identityCheck } from './identity-check.ts'
import { MoreExamFields } from './more-exam-fields.tsx'
import { MorePatientFields } from './more-patient-fields.tsx'
import { PatientFields } from './patient-fields.tsx'
import type { RegistrationValues } from './registration-values.ts'
import { ReturningPatients } from './returning-patients.tsx'

type Props = {
  readonly form: FormInstance<RegistrationValues>
  readonly initialValues: RegistrationValues
  readonly onFinish: (values: RegistrationValues) => void
  /** A new registration: several items, and who was here before. A change has one exam of a known person. */
  readonly isNew?: boolean
  /** Everything is unfolded: a field that somebody looks for may be anywhere. */
  readonly unfolded?: boolean
  readonly children?: ReactNode
}

export function RegistrationForm({ form, initialValues, onFinish, isNew = false, unfolded = false, children }: Props) {
  const { register } = useText()
  const exam = Form.useWatch('exam', form)

  /** Before a closed list sees Enter: it would open where a person wants to go on. */
  const onKeyDownCapture = (event: KeyboardEvent<HTMLElement>) => {
    const field = event.target
    if (!isPlainEnter(event) || event.ctrlKey || event.metaKey) return
    if (!(field instanceof HTMLInputElement) || field.role !== 'combobox' || field.id === 'exam_itemName') return
    if (field.getAttribute('aria-expanded') === 'true') return
    event.preventDefault()
    event.stopPropagation()
    focusNextField(field)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const field = event.target
    const digit = digitOf({ ...keyOf(event), isComposing: event.nativeEvent.isComposing })
    if (digit !== undefined && field instanceof HTMLInputElement && field.type === 'radio') {
      whenAlone(() => chooseByDigit(field, digit), event)
      return
    }
    if (!isPlainEnter(event)) return
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      form.submit()
      return
    }
    if (!(field instanceof HTMLInputElement)) return
    event.preventDefault()
    // A list takes Enter for itself.
    if (field.getAttribute('aria-expanded') === 'true') return
    // Of a person who is known nothing needs to be typed again.
    if (field.id === 'patient_identity_number' && form.getFieldValue('known')) form.focusField(['exam', 'itemName'])
    else focusNextField(field)
  }
  const onValuesChange = (changed: Partial<RegistrationValues>) => {
    forgetKnown(form, changed)
    if (!changed.patient?.identity) return
    const { kind, number } = form.getFieldValue(['patient', 'identity']) as { kind?: never; number?: string }
    const check = identityCheck(kind, number)
    if (!check?.ok) return
    form.setFieldsValue({ patient: { sex: check.sex, birthDate: check.birthDate } })
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
      onValuesChange={onValuesChange}
      onFinish={() => onFinish(form.getFieldsValue(true) as RegistrationValues)}
      onKeyDownCapture={onKeyDownCapture}
      onKeyDown={onKeyDown}
    >
      <h2>{register.patient}</h2>
      <PatientFields />
      {isNew ? <ReturningPatients /> : null}
      <Collapse
        ghost
        size="small"
        defaultActiveKey={unfolded ? ['more'] : []}
        items={[{ key: 'more', label: register.more, forceRender: true, children: <MorePatientFields /> }]}
      />
      <h2 className="exam-heading">
        {register.exam} <ExamFlags exam={exam ?? {}} />
      </h2>
      <ExamFields several={isNew} />
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

/** Another name or another document is another person. */
function forgetKnown(form: FormInstance<RegistrationValues>, { patient }: Partial<RegistrationValues>): void {
  const known: RegistrationValues['known'] = form.getFieldValue('known')
  if (!known || !patient) return
  const isOther = (patient.name !== undefined && patient.name.trim() !== known.name) || patient.identity !== undefined
  if (!isOther) return
  form.setFieldValue('known', undefined)
  const number: string = form.getFieldValue(['patient', 'identity', 'number']) ?? ''
  if (number.includes('*')) form.setFieldValue(['patient', 'identity', 'number'], '')
}

const keyOf = ({ key, code, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent) => ({
  key,
  code,
  ctrlKey,
  altKey,
  metaKey,
  shiftKey,
})
