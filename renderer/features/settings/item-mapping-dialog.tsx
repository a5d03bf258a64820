import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, InputNumber, Select } from 'antd'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import { type ItemMapping, type ItemMappingInput, itemMappingInputSchema } from '../../../shared/models/item-mapping.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { filledRule } from '../../components/filled-rule.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useFieldErrors } from '../../components/use-field-errors.ts'
import { useText } from '../../text/use-text.tsx'

const types = itemMappingInputSchema.shape.type.options
const maxStandardItems = 20

type Props = {
  readonly mapping: Partial<ItemMappingInput>
  /** Institution and code name the mapping: another code would be another mapping. */
  readonly isNew: boolean
  readonly onClose: () => void
}

export function ItemMappingDialog({ mapping, isNew, onClose }: Props) {
  const { common, items, settingHelp } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<ItemMappingInput>()
  const onFailure = useFieldErrors(form)
  const institutions = useStationQuery(routes.institutionList).data ?? []
  const save = useStationMutation(cloudCareRoutes.itemMappingSave, {
    stale: [cloudCareRoutes.itemMappingList],
    onDone: () => {
      message.success(common.saved)
      onClose()
    },
    onFailure,
  })
  const required = filledRule(common.required)
  const submit = ({ price, ...values }: ItemMapping & { readonly price?: number | null }) =>
    save.mutate({
      body: {
        ...values,
        institutionId: values.institutionId ?? institutions[0]?.id ?? '',
        standardItems: values.standardItems ?? [],
        ...(price === null || price === undefined ? {} : { price }),
      },
    })
  return (
    <FormDialog<ItemMappingInput>
      form={form}
      title={isNew ? items.create : items.change}
      width={680}
      initialValues={{ type: '3', sampleTypeCode: '99', standardItems: [], ...mapping }}
      isSaving={save.isPending}
      onFinish={submit as (values: ItemMappingInput) => void}
      onClose={onClose}
    >
      {institutions.length > 1 ? (
        <Form.Item
          name="institutionId"
          label={items.institution}
          extra={settingHelp.mapping.institution}
          rules={[{ required: true, message: common.required }]}
        >
          <Select disabled={!isNew} options={institutions.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
      ) : (
        <Form.Item name="institutionId" hidden>
          <Input />
        </Form.Item>
      )}
      <div className="form-columns">
        <Form.Item name="itemCode" label={items.itemCode} extra={settingHelp.mapping.itemCode} rules={[required]}>
          <Input className="mono" maxLength={50} disabled={!isNew} autoComplete="off" />
        </Form.Item>
        <Form.Item name="itemName" label={items.itemName} extra={settingHelp.mapping.itemName} rules={[required]}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="type" label={items.type} extra={settingHelp.mapping.type}>
          <Select options={types.map((value) => ({ value, label: `${value} ${items.types[value]}` }))} />
        </Form.Item>
        <Form.Item name="price" label={items.price} extra={settingHelp.mapping.price}>
          <InputNumber min={0} max={999.99} precision={2} />
        </Form.Item>
        <Form.Item name="sampleTypeCode" label={items.sampleTypeCode} extra={items.sampleTypeCodeHint}>
          <Input className="mono" maxLength={50} />
        </Form.Item>
      </div>
      <h3 className="standard-items-title">{items.standardItems}</h3>
      <p className="faint">{settingHelp.mapping.standard}</p>
      <Form.List name="standardItems">
        {(rows, { add, remove }) => (
          <div className="standard-items">
            {rows.map(({ key, name }) => (
              <div key={key} className="standard-item">
                <Form.Item name={[name, 'code']} rules={[required]} style={{ marginBottom: 0 }}>
                  <Input
                    className="mono"
                    maxLength={20}
                    placeholder={items.standardCode}
                    aria-label={`${items.standardCode} ${name + 1}`}
                  />
                </Form.Item>
                <Form.Item name={[name, 'name']} style={{ marginBottom: 0 }}>
                  <Input
                    maxLength={20}
                    placeholder={items.standardName}
                    aria-label={`${items.standardName} ${name + 1}`}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<MinusCircleOutlined aria-hidden />}
                  aria-label={items.removeStandard(name + 1)}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            {rows.length < maxStandardItems ? (
              <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ code: '', name: '' })}>
                {items.addStandard}
              </Button>
            ) : null}
          </div>
        )}
      </Form.List>
    </FormDialog>
  )
}
