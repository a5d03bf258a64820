import { Form, Input } from 'antd'
import { useText } from '../../text/use-text.tsx'
import type { RegistrationValues } from './registration-values.ts'

/** The number by which the patient's class is known: the provincial cloud asks for it. */
export function ClassFields() {
  const { register } = useText()
  const form = Form.useFormInstance<RegistrationValues>()
  const category = Form.useWatch(['exam', 'category'], form)
  switch (category) {
    case 'inpatient':
      return (
        <>
          <Form.Item name={['exam', 'inpatientNumber']} label={register.inpatientNumber}>
            <Input className="mono" maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name={['exam', 'ward', 'name']} label={register.ward}>
            <Input maxLength={50} autoComplete="off" />
          </Form.Item>
          <Form.Item name={['exam', 'bed']} label={register.bed}>
            <Input className="mono" maxLength={32} autoComplete="off" />
          </Form.Item>
        </>
      )
    case 'checkup':
      return (
        <Form.Item name={['exam', 'checkupNumber']} label={register.checkupNumber}>
          <Input className="mono" maxLength={64} autoComplete="off" />
        </Form.Item>
      )
    case 'outpatient':
    case 'emergency':
    case 'other':
    case undefined:
      return (
        <Form.Item name={['exam', 'clinicNumber']} label={register.clinicNumber}>
          <Input className="mono" maxLength={64} autoComplete="off" />
        </Form.Item>
      )
  }
}
