import { AutoComplete, Form, Input, Radio, Select } from 'antd'
import { useMemo } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { examCategorySchema, type Modality, modalitySchema } from '../../../shared/models/exam.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { LimitedInput } from '../../components/limited-input.tsx'
import { useText } from '../../text/use-text.tsx'
import { ClassFields } from './class-fields.tsx'
import type { RegistrationValues } from './registration-values.ts'
import { itemsFor, ownItems } from './usual-items.ts'

/** What is examined, where, and who asked for it. */
export function ExamFields() {
  const { common, register, words } = useText()
  const form = Form.useFormInstance<RegistrationValues>()
  const modality: Modality = Form.useWatch(['exam', 'modality'], form) ?? 'DR'
  const devices = useStationQuery(routes.deviceList)
  const institutions = useStationQuery(routes.institutionList)
  const items = useMemo(() => itemsFor(modality, ownItems()), [modality])
  const required = { required: true, whitespace: true, message: common.required }
  const choose = (itemName: string) => {
    const chosen = items.find((known) => known.itemName === itemName)
    if (!chosen) return
    form.setFieldsValue({ exam: { itemCode: chosen.itemCode, bodyPart: chosen.bodyPart } })
    // The code was chosen with the name: its 'please fill in' no longer holds.
    void form.validateFields([['exam', 'itemCode']])
  }

  return (
    <div className="form-grid">
      <Form.Item name={['exam', 'modality']} label={register.modality}>
        <Select
          showSearch
          options={modalitySchema.options.map((value) => ({ value, label: words.modality[value] }))}
          onChange={() => form.setFieldsValue({ exam: { itemName: '', itemCode: '', bodyPart: '' } })}
        />
      </Form.Item>
      <Form.Item name={['exam', 'itemName']} label={register.item} rules={[required]} className="span-2">
        <AutoComplete
          maxLength={64}
          placeholder={register.itemHint}
          showSearch={{
            filterOption: (typed, option) =>
              `${option?.value} ${option?.code}`.toLowerCase().includes(typed.toLowerCase()),
          }}
          options={items.map(({ itemName, itemCode }) => ({ value: itemName, code: itemCode }))}
          onSelect={choose}
        />
      </Form.Item>
      <Form.Item name={['exam', 'itemCode']} label={register.itemCode} rules={[required]}>
        <LimitedInput source="exam.itemCode" className="mono" maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['exam', 'bodyPart']} label={register.bodyPart}>
        <LimitedInput source="exam.bodyPart" maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name={['exam', 'category']} label={register.category} className="span-2">
        <Radio.Group
          optionType="button"
          options={examCategorySchema.options.map((value) => ({ value, label: words.category[value] }))}
        />
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
