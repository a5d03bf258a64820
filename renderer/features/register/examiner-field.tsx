import { AutoComplete, Form } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { LimitedInput } from '../../clinic/limited-input.tsx'
import { useText } from '../../text/use-text.tsx'
import type { RegistrationValues } from './registration-values.ts'
import { examinersOf } from './usual-examiner.ts'

/** Who examines: one of the staff, with the code that the clouds want beside the name, or a name that is typed. */
export function ExaminerField() {
  const { register } = useText()
  const form = Form.useFormInstance<RegistrationValues>()
  const accounts = useStationQuery(routes.accountList)
  const examiners = examinersOf(accounts.data ?? [])
  return (
    <Form.Item name={['exam', 'examDoctor', 'name']} label={register.examDoctor}>
      <AutoComplete
        options={examiners.map(({ name, code: own }) => ({ value: name, label: own ? `${name} ${own}` : name }))}
        showSearch={{ filterOption: (text, option) => `${option?.label}`.includes(text) }}
        onChange={(name: string) =>
          form.setFieldValue(
            ['exam', 'examDoctor', 'code'],
            examiners.find((examiner) => examiner.name === name)?.code ?? '',
          )
        }
      >
        <LimitedInput source="exam.examDoctor.name" maxLength={50} autoComplete="off" />
      </AutoComplete>
    </Form.Item>
  )
}
