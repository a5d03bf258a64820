import { Form, Input, Modal, Table, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { routes } from '../../shared/api/routes.ts'
import type { ImageOfStudy } from '../../shared/api/views.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { FailureAlert } from '../components/failure-alert.tsx'
import { filledRule } from '../components/filled-rule.ts'
import { personWords } from '../text/person-words.ts'
import { sexWords } from '../text/sex-words.ts'
import { useText } from '../text/use-text.tsx'
import { strangersIn } from './strangers-in.ts'

type Props = {
  readonly open: boolean
  readonly studyInstanceUid: string
  readonly thumbnailOf: (instanceId: string) => ReactNode
  readonly loading: boolean
  readonly onConfirm: (instanceIds: readonly string[], reason: string) => void
  readonly onClose: () => void
}

/** Which images of a study are somebody else's: each with whom it names itself, and those who differ from the most chosen already. */
export function TakeOutDialog({ open, studyInstanceUid, thumbnailOf, loading, onConfirm, onClose }: Props) {
  const { common, images: text, tray, words } = useText()
  const [form] = Form.useForm<{ reason: string }>()
  const [chosen, setChosen] = useState<readonly string[]>()
  const list = useStationQuery(routes.trayImages, { params: { studyInstanceUid }, enabled: open })
  const strangers = new Set(strangersIn(list.data ?? []))
  // Who differs is seen without scrolling.
  const images = [...(list.data ?? [])].sort(
    (a, b) => Number(strangers.has(b.instanceId)) - Number(strangers.has(a.instanceId)),
  )
  const selected = chosen ?? [...strangers]
  const numberOf = ({ seriesNumber, instanceNumber }: ImageOfStudy) =>
    text.imageNumber(seriesNumber ?? '-', instanceNumber ?? '-')
  return (
    <Modal
      open={open}
      title={text.takeOutTitle}
      width={760}
      okText={text.takeOutChosen(selected.length)}
      cancelText={common.cancel}
      okButtonProps={{ danger: true, disabled: selected.length === 0 || selected.length >= images.length }}
      confirmLoading={loading}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterOpenChange={(isOpen) => !isOpen && setChosen(undefined)}
      destroyOnHidden
    >
      <Typography.Paragraph type="secondary">{text.takeOutHint}</Typography.Paragraph>
      {list.error ? <FailureAlert error={list.error} onRetry={() => list.refetch()} /> : null}
      <Table<ImageOfStudy>
        size="small"
        rowKey="instanceId"
        loading={list.isPending}
        dataSource={images}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ y: 320 }}
        rowSelection={{
          selectedRowKeys: [...selected],
          hideSelectAll: true,
          columnTitle: text.takeOut,
          columnWidth: 64,
          onChange: (keys) => setChosen(keys.map(String)),
          getCheckboxProps: (image) => ({ 'aria-label': `${numberOf(image)} ${personWords(image.patientName)}` }),
        }}
        columns={[
          { key: 'picture', title: text.title, width: 170, render: (_, image) => thumbnailOf(image.instanceId) },
          { key: 'number', title: text.which, width: 130, render: (_, image) => numberOf(image) },
          {
            key: 'person',
            title: text.namedPerson,
            render: (_, { patientName, patientId, patientSex, patientBirthDate }) =>
              [personWords(patientName), patientId, sexWords(patientSex, words.sex), patientBirthDate]
                .filter((word) => word)
                .join(' · ') || tray.noName,
          },
        ]}
      />
      <Form
        form={form}
        layout="vertical"
        preserve={false}
        onFinish={({ reason }) => onConfirm(selected, reason.trim())}
      >
        <Form.Item name="reason" label={common.reason} rules={[filledRule(common.reasonNeeded)]}>
          <Input.TextArea rows={2} maxLength={500} onPressEnter={(event) => event.ctrlKey && form.submit()} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
