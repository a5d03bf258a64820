import { App, Button, Form, type FormInstance, Input, Modal, Table, type TableColumnsType, Tag, Typography } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import { checkResidentNumber } from '../../../shared/text/identity-number.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useFieldErrors } from '../../components/use-field-errors.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'
import type { DestinationValues } from './destination-values.ts'

type Tried = z.infer<typeof cloudCareRoutes.destinationSm2.answer>[number]
type TestPerson = { readonly name: string; readonly identityNumber: string }
type Props = { readonly destinationId: string; readonly form: FormInstance<DestinationValues> }

const colors: Readonly<Record<Tried['result'], string>> = { accepted: 'green', refused: 'red', unclear: 'default' }
const wordsOf = ({ order, encoding, prefix04 }: Tried) => `${order} ${encoding} ${prefix04 ? '04' : '-'}`

/** Tries every form of the cipher text with a test person, and keeps the one that the platform confirms. */
export function Sm2Check({ destinationId, form }: Props) {
  const { care, common, register } = useText()
  const { language } = useLanguage()
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const [asked] = Form.useForm<TestPerson>()
  const onFailure = useFieldErrors(asked)
  const check = useStationMutation(cloudCareRoutes.destinationSm2, { onFailure })
  const adopt = useStationMutation(routes.destinationChange, { stale: [routes.destinationList, routes.health] })
  const run = (body: TestPerson) => check.mutate({ params: { id: destinationId }, body })
  const keep = ({ order, encoding, prefix04 }: Tried) => {
    const sm2 = { order, encoding, prefix04 }
    adopt.mutate(
      { params: { id: destinationId }, body: { settings: { sm2 } } },
      {
        onSuccess: () => {
          form.setFieldValue(['settings', 'sm2'], sm2)
          message.success(care.sm2Adopted)
          setOpen(false)
        },
      },
    )
  }
  const columns: TableColumnsType<Tried> = [
    { title: care.sm2Order, dataIndex: 'order', className: 'mono', width: 96 },
    { title: care.sm2Encoding, dataIndex: 'encoding', className: 'mono', width: 80 },
    { title: care.sm2Prefix, width: 84, render: (_, row) => (row.prefix04 ? care.sm2With : care.sm2Without) },
    {
      title: care.sm2Result,
      render: (_, row) => (
        <>
          <Tag color={colors[row.result]}>{care.sm2Results[row.result]}</Tag>
          {row.isCurrent ? <Tag>{care.sm2Current}</Tag> : null}
          <span className="faint">{language === 'en' ? row.detailInEnglish : row.detail}</span>
        </>
      ),
    },
    {
      key: 'actions',
      width: 90,
      render: (_, row) =>
        row.isCurrent ? null : (
          <Button
            size="small"
            type={row.result === 'accepted' ? 'primary' : 'default'}
            aria-label={care.sm2AdoptOf(wordsOf(row))}
            loading={adopt.isPending}
            onClick={() => keep(row)}
          >
            {care.sm2Adopt}
          </Button>
        ),
    },
  ]
  return (
    <>
      <Button onClick={() => setOpen(true)}>{care.sm2}</Button>
      <Modal
        open={open}
        title={care.sm2}
        width={820}
        destroyOnHidden
        onCancel={() => setOpen(false)}
        footer={<Button onClick={() => setOpen(false)}>{common.close}</Button>}
      >
        <Typography.Paragraph type="secondary">{care.sm2Hint}</Typography.Paragraph>
        <Form form={asked} name="sm2-check" layout="inline" className="sm2-form" onFinish={run}>
          <Form.Item
            name="name"
            label={care.sm2Name}
            rules={[{ required: true, whitespace: true, message: common.required }]}
          >
            <Input maxLength={50} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="identityNumber"
            label={care.sm2Number}
            rules={[
              { required: true, whitespace: true, message: common.required },
              {
                validator: async (_, value: string | undefined) => {
                  const checked = value?.trim() ? checkResidentNumber(value.trim()) : undefined
                  if (checked && !checked.ok) throw new Error(register.residentProblem[checked.problem])
                },
              },
            ]}
            validateTrigger="onBlur"
          >
            <Input className="mono" maxLength={18} autoComplete="off" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={check.isPending}>
            {care.sm2Run}
          </Button>
        </Form>
        {check.data ? (
          <Table<Tried>
            size="small"
            rowKey={wordsOf}
            columns={columns}
            dataSource={check.data}
            pagination={false}
            onRow={(row) => ({ 'data-sm2': `${wordsOf(row)}:${row.result}` }) as object}
          />
        ) : null}
      </Modal>
    </>
  )
}
