import { Checkbox, Form, Input, Radio, Select } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { examCategorySchema, type Modality, modalitySchema } from '../../../shared/models/exam.ts'
import { useUser } from '../../api/use-session.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { LimitedInput } from '../../clinic/limited-input.tsx'
import { useText } from '../../text/use-text.tsx'
import { ClassFields } from './class-fields.tsx'
import { ExaminerField } from './examiner-field.tsx'
import { ItemField } from './item-field.tsx'
import type { RegistrationValues } from './registration-values.ts'
import { lastExaminer, usualExaminer } from './usual-examiner.ts'

/** What is examined, where, and who asked for it. */
export function ExamFields({ several }: { readonly several: boolean }) {
  const { common, register, words } = useText()
  const form = Form.useFormInstance<RegistrationValues>()
  const user = useUser()
  const devices = useStationQuery(routes.deviceList)
  const institutions = useStationQuery(routes.institutionList)
  /** Without an item in the fields the others are registered. */
  const codeNeeded = (value: string | undefined) =>
    !value?.trim() && (form.getFieldValue(['exam', 'itemName']) || !(form.getFieldValue('others')?.length > 0))

  /** Another kind of device: another list of items, and mostly another person at it. */
  const onModality = (modality: Modality) => {
    const examDoctor = several ? usualExaminer(user, lastExaminer.read(modality)) : undefined
    form.setFieldsValue({ exam: { itemName: '', itemCode: '', bodyPart: '', ...(examDoctor && { examDoctor }) } })
  }

  return (
    <div className="form-grid">
      <Form.Item name={['exam', 'modality']} label={register.modality}>
        <Select
          showSearch
          options={modalitySchema.options.map((value) => ({ value, label: words.modality[value] }))}
          onChange={onModality}
        />
      </Form.Item>
      <ItemField several={several}>
        <Form.Item
          name={['exam', 'itemCode']}
          label={register.itemCode}
          required
          rules={[
            {
              validator: async (_, value: string | undefined) => {
                if (codeNeeded(value)) throw new Error(common.required)
              },
            },
          ]}
        >
          <LimitedInput source="exam.itemCode" className="mono" maxLength={64} autoComplete="off" />
        </Form.Item>
      </ItemField>
      <Form.Item name={['exam', 'bodyPart']} label={register.bodyPart}>
        <LimitedInput source="exam.bodyPart" maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['exam', 'category']} label={register.category} className="span-2">
        <Radio.Group
          optionType="button"
          options={examCategorySchema.options.map((value) => ({ value, label: words.category[value] }))}
        />
      </Form.Item>
      <Form.Item name={['exam', 'infectious']} valuePropName="checked" label={register.flags}>
        <Checkbox>{register.infectious}</Checkbox>
      </Form.Item>
      <ClassFields />
      <Form.Item name={['exam', 'scheduledAeTitle']} label={register.device}>
        <Select
          allowClear
          placeholder={register.anyDevice}
          options={(devices.data ?? []).map(({ aeTitle, name }) => ({ value: aeTitle, label: `${name} ${aeTitle}` }))}
        />
      </Form.Item>
      <Form.Item name={['exam', 'applyDepartment', 'name']} label={register.applyDepartment}>
        <LimitedInput source="exam.applyDepartment.name" maxLength={50} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['exam', 'applyDoctor', 'name']} label={register.applyDoctor}>
        <LimitedInput source="exam.applyDoctor.name" maxLength={50} autoComplete="off" />
      </Form.Item>
      <ExaminerField />
      <Form.Item name={['exam', 'clinicalDiagnosis']} label={register.clinicalDiagnosis} className="span-2">
        <Input maxLength={1000} autoComplete="off" />
      </Form.Item>
      {(institutions.data?.length ?? 0) > 1 ? (
        <Form.Item name={['exam', 'institutionId']} label={register.institution}>
          <Select allowClear options={(institutions.data ?? []).map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
      ) : null}
    </div>
  )
}
