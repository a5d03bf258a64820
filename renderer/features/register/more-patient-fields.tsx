import { Form, Input, Select } from 'antd'
import { patientInputSchema } from '../../../shared/models/patient.ts'
import { useText } from '../../text/use-text.tsx'

const maritalStatuses = patientInputSchema.shape.maritalStatus.unwrap().options

export function MorePatientFields() {
  const { register, words } = useText()
  return (
    <div className="form-grid">
      <Form.Item name={['patient', 'namePinyin']} label={register.namePinyin}>
        <Input maxLength={64} placeholder={register.namePinyinHint} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['patient', 'medicalInsuranceNumber']} label={register.medicalInsuranceNumber}>
        <Input maxLength={50} className="mono" autoComplete="off" />
      </Form.Item>
      <Form.Item name={['patient', 'healthCardNumber']} label={register.healthCardNumber}>
        <Input maxLength={50} className="mono" autoComplete="off" />
      </Form.Item>
      <Form.Item name={['patient', 'maritalStatus']} label={register.maritalStatus}>
        <Select allowClear options={maritalStatuses.map((value) => ({ value, label: words.maritalStatus[value] }))} />
      </Form.Item>
      <Form.Item name={['patient', 'occupation']} label={register.occupation}>
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['patient', 'birthplace']} label={register.birthplace}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['patient', 'homeAddress']} label={register.homeAddress} className="span-2">
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['patient', 'otherIdentity']} label={register.otherIdentity}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
    </div>
  )
}
