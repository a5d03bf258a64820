import { Alert, Button, Form, Tag } from 'antd'
import { useEffect, useRef } from 'react'
import type { ReturningPatient } from '../../../shared/models/registration.ts'
import { ExamStateTag } from '../../clinic/exam-state-tag.tsx'
import { Moment } from '../../clinic/moment.tsx'
import { SexAndAge } from '../../clinic/person-facts.tsx'
import { useWindowKeys } from '../../components/use-window-keys.ts'
import { useText } from '../../text/use-text.tsx'
import { surelyReturning, valuesOfReturning } from './patient-values.ts'
import type { RegistrationValues } from './registration-values.ts'
import { useReturning } from './use-returning.ts'

/** So many are chosen by Alt and a digit. */
const keyed = 4

/** Who was here before, as it is typed. One is chosen by a person; the same document with the same name is taken by itself. */
export function ReturningPatients() {
  const { register } = useText()
  const form = Form.useFormInstance<RegistrationValues>()
  const patient = Form.useWatch('patient', { form, preserve: true }) ?? {}
  const known = Form.useWatch('known', { form, preserve: true })
  const shown = useRef<ReturningPatient>(undefined)
  const found = useReturning(patient, known === undefined)

  const choose = (chosen: ReturningPatient) => {
    shown.current = chosen
    const { id: rowId, name, patientId } = chosen.patient
    form.setFieldsValue({ patient: valuesOfReturning(chosen, form.getFieldValue('patient')) })
    form.setFieldValue('known', { rowId, name, patientId })
    void form.validateFields([
      ['patient', 'name'],
      ['patient', 'sex'],
      ['patient', 'birthDate'],
    ])
  }
  const chooseByHand = (chosen: ReturningPatient | undefined) => {
    if (!chosen) return
    choose(chosen)
    form.focusField(['exam', 'itemName'])
  }
  const sure = surelyReturning(found, patient)
  // biome-ignore lint/correctness/useExhaustiveDependencies: taken once, when it is found
  useEffect(() => {
    if (!sure) return
    choose(sure)
    // Nothing is left to fill in: the hand goes on, unless it is still at the number.
    if (document.activeElement?.id !== 'patient_identity_number') form.focusField(['exam', 'itemName'])
  }, [sure?.patient.id])
  useWindowKeys({
    'Alt+Digit1': () => chooseByHand(found[0]),
    'Alt+Digit2': () => chooseByHand(found[1]),
    'Alt+Digit3': () => chooseByHand(found[2]),
    'Alt+Digit4': () => chooseByHand(found[3]),
  })
  const release = () => {
    const number: string = form.getFieldValue(['patient', 'identity', 'number']) ?? ''
    form.setFieldValue('known', undefined)
    if (number.includes('*')) form.setFieldValue(['patient', 'identity', 'number'], '')
    form.focusField(['patient', 'name'])
  }

  if (known) {
    const chosen = shown.current?.patient.id === known.rowId ? shown.current : undefined
    return (
      <Alert
        className="returning"
        type="info"
        showIcon
        data-returning={known.patientId}
        title={register.returningChosen(known.name, known.patientId)}
        description={chosen ? <LastExams one={chosen} /> : undefined}
        action={
          <Button size="small" onClick={release}>
            {register.notThisPerson}
          </Button>
        }
      />
    )
  }
  if (found.length === 0 || sure) return null
  return (
    <Alert
      className="returning"
      type="info"
      title={register.returningFound(found.length)}
      description={
        <ul className="returning-list">
          {found.map((one, index) => (
            <li key={one.patient.id}>
              <strong>{one.patient.name}</strong>
              <SexAndAge patient={one.patient} at={Date.now()} />
              <span className="mono">{one.patient.birthDate}</span>
              <span className="mono">{one.patient.patientId}</span>
              {one.patient.identity ? <span className="mono">{one.patient.identity.number}</span> : null}
              {one.patient.phone ? (
                <span className="mono">{register.phoneTail(one.patient.phone.slice(-4))}</span>
              ) : null}
              {one.reasons.map((reason) => (
                <Tag key={reason}>{register.returningReason[reason]}</Tag>
              ))}
              <Button
                size="small"
                aria-label={register.chooseReturning(one.patient.name, one.patient.patientId)}
                {...(index < keyed ? { 'aria-keyshortcuts': `Alt+${index + 1}` } : {})}
                onClick={() => chooseByHand(one)}
              >
                {register.choose}
              </Button>
              {index < keyed ? <span className="mono">Alt+{index + 1}</span> : null}
              <LastExams one={one} />
            </li>
          ))}
        </ul>
      }
    />
  )
}

function LastExams({ one }: { readonly one: ReturningPatient }) {
  const { register } = useText()
  if (one.lastExams.length === 0) return <span>{register.noEarlierExam}</span>
  return (
    <ul className="last-exams" aria-label={register.lastExams}>
      {one.lastExams.map((exam) => (
        <li key={exam.id}>
          <Moment at={exam.registeredAt} />
          <span className="mono">{exam.accessionNumber}</span>
          <span>
            {exam.modality} {exam.itemName}
          </span>
          <ExamStateTag state={exam.state} />
        </li>
      ))}
    </ul>
  )
}
