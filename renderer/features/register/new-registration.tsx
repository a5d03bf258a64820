import { App, Button, Checkbox, Form } from 'antd'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { routes } from '../../../shared/api/routes.ts'
import type { RegisteredExam, ReturningPatient } from '../../../shared/models/registration.ts'
import { callStation } from '../../api/call-station.ts'
import { useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { type IdentityCard, readIdentityCard } from '../../clinic/read-identity-card.ts'
import { usePrint } from '../../clinic/use-print.tsx'
import { useScanHandler } from '../../components/scan-handlers.ts'
import { useFieldErrors } from '../../components/use-field-errors.ts'
import { useStored } from '../../components/use-stored.ts'
import { useText } from '../../text/use-text.tsx'
import { firstEmptyField, valuesOfCard, valuesOfReturning } from './patient-values.ts'
import { RegistrationForm } from './registration-form.tsx'
import { type RegistrationValues, visitOf } from './registration-values.ts'
import { SlipPicker } from './slip-picker.tsx'
import { useLeaveGuard } from './use-leave-guard.ts'
import { useSendSlips } from './use-send-slips.ts'

type Props = {
  readonly initialValues: RegistrationValues
  /** What a reader typed before the form was there. */
  readonly card?: string | undefined
  readonly onRegistered: (exams: readonly RegisteredExam[], values: RegistrationValues) => void
}

/** Numbers that a card of this station may show. */
const patientNumber = /^[A-Za-z0-9._-]{4,32}$/

/** One patient's form. The next patient gets a new one: nothing of this one can stay behind in it. */
export function NewRegistration({ initialValues, card, onRegistered }: Props) {
  const { register } = useText()
  const { modal } = App.useApp()
  const { username } = useUser()
  const [form] = Form.useForm<RegistrationValues>()
  const showRefusal = useFieldErrors(form)
  const [slips, setSlips] = useState<readonly File[]>([])
  const sendSlips = useSendSlips()
  const { print } = usePrint()
  const settings = useStationQuery(routes.settingsRead)
  const [ownChoice, choosePrinting] = useStored(`station-print-card:${username}`, z.boolean().nullable(), null)
  const printsCard = ownChoice ?? settings.data?.printing.cardOnSave ?? false

  const save = useStationMutation(routes.visitRegister, {
    stale: [routes.examList, routes.trayList, routes.itemsInUse],
    onDone: ({ exams }) => {
      const examIds = exams.map(({ id }) => id)
      if (slips.length > 0) void sendSlips(examIds, slips)
      if (printsCard) void print({ kind: 'card', examIds })
      onRegistered(exams, form.getFieldsValue(true) as RegistrationValues)
    },
    onFailure: (error) => {
      if (error.code === 'EXAM-DOUBLE') askDouble(error.message)
      else showRefusal(error)
    },
  })
  const submit = (values: RegistrationValues) => {
    if (!save.isPending) save.mutate({ body: visitOf(values) })
  }
  const askDouble = (message: string) =>
    modal.confirm({
      title: register.doubleTitle,
      content: message,
      okText: register.registerAnyway,
      cancelText: register.backToForm,
      autoFocusButton: 'cancel',
      onOk: () =>
        save.mutate({
          body: { ...visitOf(form.getFieldsValue(true) as RegistrationValues), confirmDouble: true },
        }),
    })

  const fillFromCard = (read: IdentityCard) => {
    form.setFieldValue('known', undefined)
    form.setFieldsValue({ patient: valuesOfCard(read, form.getFieldValue('patient')) })
    void form.validateFields([['patient', 'identity', 'number']])
    const [part, name] = firstEmptyField(form.getFieldsValue(true) as RegistrationValues)
    form.focusField([part, name] as never)
  }
  const fillFromReturning = (found: ReturningPatient) => {
    const { id: rowId, name, patientId } = found.patient
    form.setFieldsValue({ patient: valuesOfReturning(found, {}) })
    form.setFieldValue('known', { rowId, name, patientId })
    form.focusField(['exam', 'itemName'])
  }
  const isTyped = () => {
    const { patient, exam, others } = form.getFieldsValue(true) as RegistrationValues
    const typed = [patient.name, patient.identity?.number, patient.phone, patient.birthDate, exam.itemName]
    return !save.isSuccess && (typed.some((text) => text?.trim()) || (others?.length ?? 0) > 0 || slips.length > 0)
  }
  const mayLeave = useLeaveGuard({
    isTyped,
    ask: async () =>
      modal.confirm({
        title: register.leaveTitle,
        content: register.leaveHint,
        okText: register.leave,
        cancelText: register.backToForm,
        autoFocusButton: 'cancel',
      }),
  })
  useScanHandler({
    take: async (text) => {
      const read = readIdentityCard(text)
      if (read) return () => fillFromCard(read)
      if (!patientNumber.test(text)) return undefined
      const [found] = await callStation(routes.returningPatients, { body: { patientId: text } })
      return found && (() => fillFromReturning(found))
    },
    mayLeave,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read before the form was there fills it once
  useEffect(() => {
    const read = card === undefined ? undefined : readIdentityCard(card)
    if (read) fillFromCard(read)
  }, [])

  return (
    <RegistrationForm form={form} initialValues={initialValues} onFinish={submit} isNew>
      <SlipPicker files={slips} onChange={setSlips} />
      <div className="form-foot">
        <Checkbox
          className="form-foot-start"
          checked={printsCard}
          onChange={(event) => choosePrinting(event.target.checked)}
        >
          {register.printOnSave}
        </Checkbox>
        <span className="keys-hint">{register.keysHint}</span>
        <Button
          onClick={() => {
            form.resetFields()
            form.setFieldsValue({ others: undefined, known: undefined, typedAge: undefined } as never)
            setSlips([])
            form.focusField(['patient', 'identity', 'number'])
          }}
        >
          {register.clear}
        </Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {register.submit}
        </Button>
      </div>
    </RegistrationForm>
  )
}
