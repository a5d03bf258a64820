import { App, AutoComplete, Form, Input, InputNumber, Modal, Radio, Select } from 'antd'
import { modalitySchema } from '../../../shared/models/exam.ts'
import type { Template, TemplateInput } from '../../../shared/models/writing.ts'
import { filledRule } from '../../components/filled-rule.ts'
import { useText } from '../../text/use-text.tsx'
import type { Templates } from './use-templates.ts'

/** `id`: an existing one is changed; absent: a new one begins with what is given. */
export type TemplateDraft = Partial<TemplateInput> & { readonly id?: string }

type Props = { readonly draft: TemplateDraft | undefined; readonly templates: Templates; readonly onClose: () => void }

const empty = { folder: '', name: '', modality: '', findings: '', impression: '', advice: '', isShared: false }

export function draftOfTemplate(template: Template): TemplateInput {
  const { id: _id, owner: _owner, isFavourite: _star, uses: _uses, ...input } = template
  return input
}

export function TemplateDialog({ draft, templates, onClose }: Props) {
  const { common, words, writing } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<TemplateInput>()
  const folders = [...new Set(templates.templates.map(({ folder }) => folder))].filter(Boolean).sort()
  const { create, change } = templates
  const done = () => {
    message.success(writing.kept)
    onClose()
  }
  const save = ({ sex, fromAge, toAge, ...rest }: TemplateInput) => {
    const body: TemplateInput = {
      ...rest,
      modality: rest.modality ?? '',
      ...(sex ? { sex } : {}),
      ...(typeof fromAge === 'number' ? { fromAge } : {}),
      ...(typeof toAge === 'number' ? { toAge } : {}),
    }
    if (draft?.id) change.mutate({ params: { id: draft.id }, body }, { onSuccess: done })
    else create.mutate({ body }, { onSuccess: done })
  }
  return (
    <Modal
      open={draft !== undefined}
      title={draft?.id ? writing.editTemplate : writing.newTemplate}
      width={680}
      okText={common.save}
      cancelText={common.cancel}
      confirmLoading={create.isPending || change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" preserve={false} initialValues={{ ...empty, ...draft }} onFinish={save}>
        <div className="form-columns">
          <Form.Item name="name" label={writing.templateName} rules={[filledRule(common.required)]}>
            <Input maxLength={60} autoFocus />
          </Form.Item>
          <Form.Item name="folder" label={writing.folder} tooltip={writing.folderHint}>
            <AutoComplete
              allowClear
              showSearch={{ filterOption: true }}
              options={folders.map((value) => ({ value }))}
              maxLength={100}
            />
          </Form.Item>
          <Form.Item name="modality" label={writing.forModality}>
            <Select
              showSearch
              options={[
                { value: '', label: writing.everyModality },
                ...modalitySchema.options.map((value) => ({ value, label: words.modality[value] })),
              ]}
            />
          </Form.Item>
          <Form.Item name="sex" label={writing.forSex}>
            <Radio.Group
              optionType="button"
              options={[
                { value: undefined as never, label: writing.everySex },
                { value: 'M', label: words.sex.M },
                { value: 'F', label: words.sex.F },
              ]}
            />
          </Form.Item>
          <Form.Item name="fromAge" label={`${writing.ages} ${writing.fromAge}`}>
            <InputNumber min={0} max={150} precision={0} />
          </Form.Item>
          <Form.Item
            name="toAge"
            label={`${writing.ages} ${writing.toAge}`}
            dependencies={['fromAge']}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_, to: number | null) =>
                  typeof to === 'number' &&
                  typeof getFieldValue('fromAge') === 'number' &&
                  getFieldValue('fromAge') > to
                    ? Promise.reject(new Error(writing.agesWrong))
                    : Promise.resolve(),
              }),
            ]}
          >
            <InputNumber min={0} max={150} precision={0} />
          </Form.Item>
        </div>
        <Form.Item
          name="findings"
          label={writing.findings}
          dependencies={['impression', 'advice']}
          rules={[
            ({ getFieldsValue }) => ({
              validator: () => {
                const { findings, impression, advice } = getFieldsValue()
                return [findings, impression, advice].some((text) => text?.trim())
                  ? Promise.resolve()
                  : Promise.reject(new Error(writing.emptyTemplate))
              },
            }),
          ]}
        >
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 10 }} maxLength={20_000} />
        </Form.Item>
        <Form.Item name="impression" label={writing.impression}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={20_000} />
        </Form.Item>
        <Form.Item name="advice" label={writing.advice}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={1000} />
        </Form.Item>
        <Form.Item name="isShared" label={writing.who}>
          <Radio.Group
            optionType="button"
            options={[
              { value: false, label: writing.private },
              { value: true, label: writing.shared },
            ]}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
