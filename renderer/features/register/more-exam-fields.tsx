import { Form, InputNumber } from 'antd'
import { LimitedInput } from '../../clinic/limited-input.tsx'
import { useText } from '../../text/use-text.tsx'

type TextField = { readonly name: readonly string[]; readonly label: string; readonly maxLength: number }

export function MoreExamFields() {
  const { register } = useText()
  const texts: readonly TextField[] = [
    { name: ['exam', 'applicationNumber'], label: register.applicationNumber, maxLength: 64 },
    { name: ['exam', 'hisNumber'], label: register.hisNumber, maxLength: 64 },
    { name: ['exam', 'applyDepartment', 'code'], label: register.codeOf(register.applyDepartment), maxLength: 50 },
    { name: ['exam', 'applyDoctor', 'code'], label: register.codeOf(register.applyDoctor), maxLength: 50 },
    { name: ['exam', 'examDepartment', 'name'], label: register.examDepartment, maxLength: 50 },
    { name: ['exam', 'examDepartment', 'code'], label: register.codeOf(register.examDepartment), maxLength: 50 },
    { name: ['exam', 'examDoctor', 'code'], label: register.codeOf(register.examDoctor), maxLength: 50 },
    { name: ['exam', 'equipment'], label: register.equipment, maxLength: 100 },
    { name: ['exam', 'scanMode'], label: register.scanMode, maxLength: 64 },
    { name: ['exam', 'requirement'], label: register.requirement, maxLength: 500 },
    { name: ['exam', 'allergies'], label: register.allergies, maxLength: 500 },
    { name: ['exam', 'chiefComplaint'], label: register.chiefComplaint, maxLength: 1000 },
    { name: ['exam', 'briefHistory'], label: register.briefHistory, maxLength: 1000 },
  ]
  return (
    <div className="form-grid">
      {texts.map(({ name, label, maxLength }) => (
        <Form.Item key={name.join()} name={[...name]} label={label}>
          <LimitedInput source={name.join('.')} maxLength={maxLength} autoComplete="off" />
        </Form.Item>
      ))}
      <Form.Item name={['exam', 'price']} label={register.price}>
        <InputNumber min={0} max={999_999} precision={2} />
      </Form.Item>
      <Form.Item name={['exam', 'heightMetres']} label={register.heightMetres}>
        <InputNumber min={0.2} max={3} step={0.01} />
      </Form.Item>
      <Form.Item name={['exam', 'weightKilograms']} label={register.weightKilograms}>
        <InputNumber min={0.2} max={500} />
      </Form.Item>
    </div>
  )
}
