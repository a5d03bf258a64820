import { Form, Input, Select, Space } from 'antd'
import { useState } from 'react'
import { chinaDay } from '../../../shared/text/china-time.ts'
import { toldAgeAt } from '../../../shared/text/patient-age.ts'
import { readBirthDate } from '../../clinic/read-birth-date.ts'
import { useText } from '../../text/use-text.tsx'
import { type AgeUnit, birthDateOfAge, readAge } from './age-and-birth.ts'
import type { RegistrationValues } from './registration-values.ts'

/** The age on the day of registration; whoever does not know the birth date types the age, and the date follows. */
export function AgeField() {
  const { register } = useText()
  const form = Form.useFormInstance<RegistrationValues>()
  const birthDate = readBirthDate(String(Form.useWatch(['patient', 'birthDate'], form) ?? ''))
  // A field of the form: one that is cleared forgets it too, and what was typed stands there before the next key comes.
  const typed: string | undefined = Form.useWatch('typedAge', { form, preserve: true })
  const setTyped = (text: string | undefined) => form.setFieldValue('typedAge', text)
  const [isLeft, setLeft] = useState(false)
  const [chosenUnit, setChosenUnit] = useState<AgeUnit>()
  const today = chinaDay(Date.now())
  const age = birthDate && birthDate <= today ? toldAgeAt(birthDate, today) : undefined
  const unit = (typed === undefined ? age?.unit : chosenUnit) ?? chosenUnit ?? 'Y'

  const dayOf = (text: string, inUnit: AgeUnit) => {
    const read = readAge(text, inUnit)
    return read && birthDateOfAge(read, today)
  }
  const take = (text: string, inUnit: AgeUnit) => {
    const day = dayOf(text, inUnit)
    if (!day) return
    form.setFieldValue(['patient', 'birthDate'], day)
    void form.validateFields([['patient', 'birthDate']])
  }
  /** It stays as it was typed and says so: a text that vanishes is looked for elsewhere. */
  const isNone = isLeft && Boolean(typed?.trim()) && !dayOf(typed ?? '', unit)
  return (
    <Form.Item
      label={register.age}
      htmlFor="register-age"
      {...(isNone && { validateStatus: 'error', help: register.ageFormat })}
    >
      <Space.Compact block>
        <Form.Item
          name="typedAge"
          noStyle
          getValueProps={(text: string | undefined) => ({ value: text ?? (age ? register.ageTyped(age) : '') })}
        >
          <Input
            id="register-age"
            className="mono"
            autoComplete="off"
            maxLength={12}
            onChange={(event) => {
              setLeft(false)
              setChosenUnit(unit)
              take(event.target.value, unit)
            }}
            onBlur={() => {
              setLeft(true)
              // As it is now: the page may not have been drawn since the last key.
              const text: string | undefined = form.getFieldValue('typedAge')
              if (!text?.trim() || dayOf(text, unit)) setTyped(undefined)
            }}
          />
        </Form.Item>
        <Select<AgeUnit>
          aria-label={register.ageUnit}
          className="age-unit"
          tabIndex={-1}
          value={unit}
          options={[
            { value: 'Y', label: register.ageUnits.Y },
            { value: 'M', label: register.ageUnits.M },
            { value: 'D', label: register.ageUnits.D },
          ]}
          onChange={(chosen) => {
            setChosenUnit(chosen)
            if (age) take(String(age.value), chosen)
          }}
        />
      </Space.Compact>
    </Form.Item>
  )
}
