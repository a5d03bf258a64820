import { App, Button, Dropdown, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { fetchStation } from '../../api/call-station.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { saveFile } from '../../components/save-file.ts'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly examId: string; readonly accessionNumber: string }

/** DICOMDIR, pictures and report for the patient's own stick or disc. */
export function TakeAway({ examId, accessionNumber }: Props) {
  const { common, images } = useText()
  const { message } = App.useApp()
  const notice = useFailureNotice()
  const [making, setMaking] = useState(false)
  const [asking, setAsking] = useState(false)
  const [form] = Form.useForm<{ folder: string }>()
  const write = useStationMutation(routes.takeAwayFolder, {
    onDone: ({ files, folder }) => {
      message.success(images.takeAwayDone(files, folder))
      setAsking(false)
    },
  })
  const download = async (kind: 'zip' | 'iso') => {
    setMaking(true)
    const closeWords = message.loading(images.takeAwayMaking, 0)
    try {
      const answer = await fetchStation(routes.takeAway, { params: { id: examId, form: kind } })
      saveFile(await answer.blob(), `${accessionNumber}.${kind}`)
    } catch (error) {
      notice(error)
    } finally {
      closeWords()
      setMaking(false)
    }
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'folder', label: images.takeAwayFolder, onClick: () => setAsking(true) },
            { key: 'zip', label: images.takeAwayZip, onClick: () => download('zip') },
            { key: 'iso', label: images.takeAwayIso, onClick: () => download('iso') },
          ],
        }}
      >
        <Button size="small" loading={making}>
          {images.takeAway}
        </Button>
      </Dropdown>
      <Modal
        open={asking}
        title={images.takeAwayFolder}
        okText={images.takeAwayWrite}
        cancelText={common.cancel}
        confirmLoading={write.isPending}
        onOk={() => form.submit()}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <Form form={form} layout="vertical" onFinish={(body) => write.mutate({ params: { id: examId }, body })}>
          <Form.Item
            name="folder"
            label={images.takeAwayPath}
            extra={images.takeAwayPathHint}
            rules={[{ required: true, whitespace: true, message: common.required }]}
          >
            <Input className="mono" maxLength={1000} autoFocus />
          </Form.Item>
        </Form>
      </Modal>
    </>
  )
}
