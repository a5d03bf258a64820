import { MoreOutlined, StarFilled, StarOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Tag } from 'antd'
import type { Template } from '../../../shared/models/writing.ts'
import { KeyCap } from '../../components/key-cap.tsx'
import { useText } from '../../text/use-text.tsx'
import { draftOfTemplate, type TemplateDraft } from './template-dialog.tsx'
import type { Misfit } from './template-fit.ts'
import { copyName } from './template-tree.ts'
import { mayChange, type Templates } from './use-templates.ts'

type Props = {
  readonly template: Template
  readonly templates: Templates
  readonly misfits: readonly Misfit[]
  /** 1 to 9: Alt and this digit puts it in. */
  readonly digit: number | undefined
  readonly mayManage: boolean
  readonly onEdit: (draft: TemplateDraft) => void
}

/** A template's line in the tree: its name, its key, why it does not fit, its star and what can be done with it. */
export function TemplateTitle({ template, templates, misfits, digit, mayManage, onEdit }: Props) {
  const { common, writing } = useText()
  const { modal, message } = App.useApp()
  const changeable = mayChange(template, templates.user)
  const copy = () =>
    onEdit({
      ...draftOfTemplate(template),
      name: copyName(
        template.name,
        templates.templates.filter(({ folder }) => folder === template.folder).map(({ name }) => name),
      ),
      isShared: false,
    })
  const remove = () =>
    modal.confirm({
      title: writing.removeTemplate(template.name),
      okText: common.remove,
      okButtonProps: { danger: true },
      cancelText: common.cancel,
      onOk: () =>
        templates.remove.mutate(
          { params: { id: template.id } },
          { onSuccess: () => void message.success(writing.removed) },
        ),
    })
  const starWords = template.isFavourite ? writing.unfavourite : writing.favourite
  return (
    <span className="template-title" data-template={template.name} title={template.findings.slice(0, 200)}>
      <span className="template-name">{template.name}</span>
      {digit ? <KeyCap>{`Alt+${digit}`}</KeyCap> : null}
      {misfits.map((misfit) => (
        <Tag key={misfit} color="warning">
          {writing.unfit[misfit]}
        </Tag>
      ))}
      {template.isShared ? null : <Tag>{writing.private}</Tag>}
      {mayManage ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: keeps a click on a button from choosing or putting in the line
        <span
          className="template-tools"
          onDoubleClick={(event) => event.stopPropagation()}
          onClick={(event) => event.stopPropagation()}
          onKeyDown={(event) => event.stopPropagation()}
        >
          <Button
            type="text"
            size="small"
            aria-label={`${starWords} ${template.name}`}
            title={starWords}
            icon={template.isFavourite ? <StarFilled className="template-star" /> : <StarOutlined />}
            onClick={() => templates.favour(template)}
          />
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                ...(changeable
                  ? [
                      {
                        key: 'edit',
                        label: common.edit,
                        onClick: () => onEdit({ ...draftOfTemplate(template), id: template.id }),
                      },
                    ]
                  : []),
                { key: 'copy', label: writing.copy, onClick: copy },
                ...(changeable ? [{ key: 'remove', label: common.remove, danger: true, onClick: remove }] : []),
              ],
            }}
          >
            <Button
              type="text"
              size="small"
              icon={<MoreOutlined />}
              aria-label={`${writing.more} ${template.name}`}
              title={writing.more}
            />
          </Dropdown>
        </span>
      ) : null}
    </span>
  )
}
