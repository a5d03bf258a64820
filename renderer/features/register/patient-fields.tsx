import { Form, Input, Radio, Select } from 'antd'
import type { RuleObject } from 'antd/es/form'
import { identityKindSchema, patientSexSchema } from '../../../shared/models/patient.ts'
import { chinaDay } from '../../../shared/text/china-time.ts'
import { readBirthDate } from '../../clinic/read-birth-date.ts'
import { filledRule } from '../../components/filled-rule.ts'
import { useText } from '../../text/use-text.tsx'
import { AgeField } from './age-field.tsx'
import { identityCheck } from './identity-check.ts'
import type { RegistrationValues } from './registration-values.ts'

const name = <K extends keyof RegistrationValues['patient']>(key: K) => ['patient', key]

/** Who is examined: what every registration needs. */
export function PatientFields() {
  const { common, register, words } = useText()
  const form = Form.useFormInstance<RegistrationValues>()
  const identity = Form.useWatch(['patient', 'identity'], form)
  const check = identityCheck(identity?.kind, identity?.number)
  const required = filledRule(common.required)

  const agreesWithNumber = (field: 'sex' | 'birthDate', message: string): RuleObject => ({
    warningOnly: true,
    validator: async (_, value: string | undefined) => {
      if (check?.ok && value && value !== check[field]) throw new Error(message)
    },
  })
  const birthDateRule: RuleObject = {
    validator: async (_, value: string | undefined) => {
      if (!value) return
      const day = readBirthDate(value)
      if (!day) throw new Error(register.birthDateFormat)
      if (day > chinaDay(Date.now())) throw new Error(register.birthDateFuture)
    },
  }

  return (
    <div className="form-grid">
      <Form.Item name={['patient', 'identity', 'kind']} label={register.identityKind}>
        <Select options={identityKindSchema.options.map((value) => ({ value, label: words.identityKind[value] }))} />
      </Form.Item>
      <Form.Item
        name={['patient', 'identity', 'number']}
        label={register.identityNumber}
        className="span-2"
        dependencies={[['patient', 'identity', 'kind']]}
        extra={check?.ok ? <span className="good">{register.residentOk}</span> : undefined}
        validateTrigger={['onBlur', 'onChange']}
        rules={[
          {
            validateTrigger: 'onBlur',
            // By what the field holds now: a card is filled in before the page is drawn again.
            validator: async (_, value: string | undefined) => {
              const now = identityCheck(form.getFieldValue(['patient', 'identity', 'kind']), value)
              if (now && !now.ok) throw new Error(register.residentProblem[now.problem])
            },
          },
          {
            // As it is typed, only once all 18 characters are there: a number half typed is no mistake.
            validateTrigger: 'onChange',
            validator: async (_, value: string | undefined) => {
              const typed = identityCheck(form.getFieldValue(['patient', 'identity', 'kind']), value)
              if (typed && !typed.ok && typed.problem !== 'length')
                throw new Error(register.residentProblem[typed.problem])
            },
          },
        ]}
      >
        <Input className="mono" maxLength={50} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item name={name('name')} label={register.name} rules={[required]}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name={name('sex')}
        label={register.sex}
        rules={[{ required: true, message: common.required }, agreesWithNumber('sex', register.sexDiffers)]}
      >
        <Radio.Group
          optionType="button"
          options={patientSexSchema.options.map((value) => ({ value, label: words.sex[value] }))}
        />
      </Form.Item>
      <Form.Item
        name={name('birthDate')}
        label={register.birthDate}
        validateTrigger="onBlur"
        rules={[required, birthDateRule, agreesWithNumber('birthDate', register.birthDiffers)]}
      >
        <Input
          className="mono"
          placeholder="19900501"
          autoComplete="off"
          maxLength={12}
          onBlur={(event) => {
            const day = readBirthDate(event.target.value)
            if (day) form.setFieldValue(['patient', 'birthDate'], day)
          }}
        />
      </Form.Item>
      <AgeField />
      <Form.Item name={name('phone')} label={register.phone}>
        <Input className="mono" maxLength={20} autoComplete="off" inputMode="tel" />
      </Form.Item>
    </div>
  )
}
