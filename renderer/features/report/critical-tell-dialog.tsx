import { App, AutoComplete, DatePicker, Form, Input, Modal, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import type { CriticalNotice } from '../../../shared/models/writing.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { filledRule } from '../../components/filled-rule.ts'
import { useText } from '../../text/use-text.tsx'

type Props = {
  readonly open: boolean
  readonly exam: ExamPage['exam']
  /** Saves what was written first: a notice belongs to a version. */
  readonly prepare: () => Promise<boolean>
  readonly onClose: () => void
}
type Values = {
  readonly toldTo: string
  readonly how: CriticalNotice['how']
  readonly at: Dayjs
  readonly note: string
}

/** The picker shows the clinic's clock, whatever zone the computer is set to. */
const momentOf = (shown: Dayjs) => Date.parse(`${shown.format('YYYY-MM-DDTHH:mm:ss')}+08:00`)

const ways = ['phone', 'in-person', 'message'] as const

/** Whom a critical finding was told, when and how: what an inspector asks for. */
export function CriticalTellDialog({ open, exam, prepare, onClose }: Props) {
  const { common, report, writing } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const tell = useStationMutation(routes.criticalTell, {
    stale: [routes.criticalList, routes.reportChecks, routes.reportHistory],
    onDone: () => {
      message.success(report.toldKept)
      onClose()
    },
  })
  const send = async ({ toldTo, how, at, note }: Values) => {
    if (!(await prepare())) return
    tell.mutate({ params: { id: exam.id }, body: { toldTo, how, at: momentOf(at), note: note ?? '' } })
  }
  const known = [exam.applyDoctor?.name, exam.applyDepartment?.name, exam.ward?.name].filter((name) => name)
  return (
    <Modal
      open={open}
      title={report.criticalTellTitle}
      okText={common.save}
      cancelText={report.toldLater}
      confirmLoading={tell.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={{
          toldTo: exam.applyDoctor?.name ?? '',
          how: 'phone',
          at: dayjs(chinaDateTime(Date.now())),
          note: '',
        }}
        onFinish={send}
      >
        <Form.Item name="toldTo" label={report.toldTo} rules={[filledRule(common.required)]}>
          <AutoComplete autoFocus maxLength={50} options={known.map((value) => ({ value }))} />
        </Form.Item>
        <Form.Item name="how" label={report.toldHow}>
          <Radio.Group optionType="button" options={ways.map((value) => ({ value, label: writing.howTold[value] }))} />
        </Form.Item>
        <Form.Item name="at" label={report.toldAt} rules={[{ required: true, message: common.required }]}>
          <DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" allowClear={false} />
        </Form.Item>
        <Form.Item name="note" label={report.toldNote}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
