import { Form, Input, InputNumber, Modal } from 'antd'
import { useText } from '../../text/use-text.tsx'
import { distance } from './geometry.ts'
import type { Viewer } from './use-viewer.ts'

type Given = { readonly text?: string; readonly length?: number }

/** What a mark still needs from a person: words, or how long the known length is. */
export function MarkDialog({ viewer }: { readonly viewer: Viewer }) {
  const { common, viewer: text } = useText()
  const [form] = Form.useForm<Given>()
  const { question, endQuestion, marks } = viewer
  const kind = question?.mark.kind
  const finish = ({ text: words = '', length }: Given) => {
    endQuestion()
    if (!question) return
    const { picture, mark } = question
    const [from, to] = mark.points
    if (mark.kind === 'calibration' && from && to && length) {
      const head = viewer.active()?.viewport()?.head()
      // Pixels that are not square: the line is measured in widths of a pixel.
      const shape =
        head?.rowPixelSpacing && head.columnPixelSpacing ? head.rowPixelSpacing / head.columnPixelSpacing : 1
      const across = distance(from, to, { row: shape, column: 1 })
      if (across > 0) {
        const [instanceId = ''] = picture.split('/')
        marks.change({ kind: 'calibrate', instanceId, millimetres: length / across })
        marks.change({ kind: 'put', picture, mark: { ...mark, kind: 'length' } })
      }
    } else if (words.trim() || mark.kind === 'arrow')
      marks.change({ kind: 'put', picture, mark: { ...mark, text: words.trim() } })
    else marks.change({ kind: 'remove', picture, id: mark.id })
  }
  return (
    <Modal
      open={question !== undefined}
      title={kind === 'calibration' ? text.tools.calibration : text.markText}
      okText={common.confirm}
      cancelText={common.cancel}
      width={420}
      destroyOnHidden
      onOk={form.submit}
      onCancel={endQuestion}
      afterOpenChange={(open) =>
        open && document.getElementById(kind === 'calibration' ? 'mark_length' : 'mark_text')?.focus()
      }
    >
      <Form form={form} name="mark" layout="vertical" preserve={false} onFinish={finish}>
        {kind === 'calibration' ? (
          <Form.Item
            name="length"
            label={text.knownLength}
            help={text.knownLengthHint}
            rules={[{ required: true, type: 'number', min: 0.1, max: 10_000 }]}
          >
            <InputNumber suffix="mm" min={0.1} max={10_000} onPressEnter={form.submit} />
          </Form.Item>
        ) : (
          <Form.Item
            name="text"
            label={kind === 'arrow' ? text.arrowText : text.markText}
            initialValue={question?.mark.text}
          >
            <Input maxLength={100} onPressEnter={(event) => !event.nativeEvent.isComposing && form.submit()} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}
