import { InboxOutlined } from '@ant-design/icons'
import { Button, Form, Input, Upload } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useText } from '../../text/use-text.tsx'
import { useImportUpload } from './use-import-upload.ts'

/** Three ways in: dropping, choosing a folder, naming a drive. */
export function ImportSource() {
  const { common, images } = useText()
  const upload = useImportUpload()
  const [form] = Form.useForm<{ path: string }>()
  const start = useStationMutation(routes.importFolder, {
    stale: [routes.importList],
    onDone: () => form.resetFields(),
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons within do the same by keyboard
    <div
      className="import-source"
      onDragOver={(event) => event.preventDefault()}
      onDropCapture={(event) => !upload.busy && upload.drop(event)}
    >
      <Upload.Dragger
        multiple
        directory={false}
        showUploadList={false}
        beforeUpload={upload.add}
        disabled={upload.busy}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined aria-hidden />
        </p>
        <p>{images.importDrop}</p>
      </Upload.Dragger>
      <div className="import-ways">
        <Upload directory showUploadList={false} beforeUpload={upload.add} disabled={upload.busy}>
          <Button loading={upload.busy}>{images.importFolder}</Button>
        </Upload>
        <Form form={form} layout="inline" onFinish={(body) => start.mutate({ body })}>
          <Form.Item
            name="path"
            label={images.importPath}
            extra={images.importPathHint}
            rules={[{ required: true, whitespace: true, message: common.required }]}
          >
            <Input className="mono import-path" maxLength={1000} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={start.isPending}>
            {images.importStart}
          </Button>
        </Form>
      </div>
    </div>
  )
}
