import { Button, Empty, Input, type InputRef, Segmented, Switch, Tree } from 'antd'
import { type KeyboardEvent, type RefObject, useMemo, useState } from 'react'
import { z } from 'zod'
import type { Template } from '../../../shared/models/writing.ts'
import type { ReportPen, ReportTexts } from '../../clinic/report-pen.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { isPlainEnter } from '../../components/ime-safe-enter.ts'
import { useStored } from '../../components/use-stored.ts'
import { useText } from '../../text/use-text.tsx'
import { TemplateDialog, type TemplateDraft } from './template-dialog.tsx'
import { misfitsOf, type TemplateOccasion } from './template-fit.ts'
import { TemplateMenu } from './template-menu.tsx'
import { TemplatePreview } from './template-preview.tsx'
import { matchesTemplate, quickTemplates } from './template-search.ts'
import { TemplateTitle } from './template-title.tsx'
import { folderKeys, foldersAbout, type TreeNode, templateTree } from './template-tree.ts'
import type { Templates } from './use-templates.ts'

type Props = {
  readonly pen: ReportPen
  readonly occasion: TemplateOccasion
  readonly templates: Templates
  readonly mayManage: boolean
  readonly searchBox: RefObject<InputRef | null>
  readonly onPut: (template: Template, texts?: Partial<ReportTexts>) => void
  /** Makes a template of the report; absent: nothing is written. */
  readonly onSaveReport: (() => void) | undefined
  /** What the exam is of, in words: folders that are about it stand open. */
  readonly about: string
}

const viewSchema = z.enum(['often', 'all'])
/** Folders that this person opened or closed; the others follow the exam. */
const touchedSchema = z.record(z.string(), z.boolean())

/** Templates that fit the patient: as a tree, searched, starred; put in by double click, Enter, or Alt and a digit. */
export function TemplatePanel({ pen, occasion, templates, mayManage, searchBox, onPut, onSaveReport, about }: Props) {
  const { writing } = useText()
  const [search, setSearch] = useState('')
  const [view, setView] = useStored('writing-template-view', viewSchema, 'all')
  const [touched, setTouched] = useStored('writing-folders', touchedSchema, {})
  const [unfitToo, setUnfitToo] = useState(false)
  const [chosen, setChosen] = useState<string>()
  const [draft, setDraft] = useState<TemplateDraft>()
  const all = templates.templates

  const fitting = useMemo(() => all.filter((one) => misfitsOf(one, occasion).length === 0), [all, occasion])
  const quick = useMemo(() => quickTemplates(fitting), [fitting])
  const listed = useMemo(() => {
    const wanted = unfitToo ? all : fitting
    const found = search.trim() === '' ? wanted : wanted.filter((one) => matchesTemplate(one, search))
    return view === 'often' && search.trim() === '' ? found.filter((one) => one.isFavourite || one.uses > 0) : found
  }, [all, fitting, unfitToo, search, view])
  const tree = useMemo(
    () => (view === 'often' && search.trim() === '' ? quickTemplates(listed).map(leaf) : templateTree(listed)),
    [listed, view, search],
  )
  const folders = useMemo(() => folderKeys(tree), [tree])
  const fromExam = useMemo(() => foldersAbout(tree, about), [tree, about])
  const open = search.trim() === '' ? folders.filter((key) => touched[key] ?? fromExam.includes(key)) : [...folders]
  const active = all.find(({ id }) => id === chosen)
  const byId = (key: string) => all.find(({ id }) => id === key)

  const onSearchKey = (event: KeyboardEvent) => {
    // What this person uses goes before what merely has the name.
    const first = quickTemplates(listed)[0] ?? listed[0]
    if (!isPlainEnter(event) || search.trim() === '' || !first || !pen.canWrite) return
    // The report has the focus next: this Enter must not become a line in it.
    event.preventDefault()
    onPut(first)
  }
  const treeData = (nodes: readonly TreeNode[]): object[] =>
    nodes.map((node) =>
      node.kind === 'folder'
        ? { key: node.key, title: node.name, selectable: false, children: treeData(node.children) }
        : {
            key: node.key,
            isLeaf: true,
            title: (
              <TemplateTitle
                template={node.template}
                templates={templates}
                misfits={misfitsOf(node.template, occasion)}
                digit={quick.indexOf(node.template) + 1 || undefined}
                mayManage={mayManage}
                onEdit={setDraft}
              />
            ),
          },
    )

  return (
    <div className="template-panel">
      <div className="helper-bar">
        <Input
          ref={searchBox}
          allowClear
          size="small"
          value={search}
          aria-label={writing.searchTemplates}
          placeholder={writing.searchTemplates}
          onChange={({ target }) => setSearch(target.value)}
          onKeyDown={onSearchKey}
        />
        {mayManage ? <TemplateMenu onNew={() => setDraft({})} /> : null}
      </div>
      <div className="helper-bar">
        <Segmented
          size="small"
          value={view}
          aria-label={writing.templates}
          onChange={setView}
          options={[
            { value: 'all', label: writing.all },
            { value: 'often', label: writing.often },
          ]}
        />
        {mayManage ? (
          <Button size="small" disabled={!onSaveReport} onClick={onSaveReport}>
            {writing.saveAsTemplate}
          </Button>
        ) : null}
      </div>
      {fitting.length < all.length ? (
        <span className="helper-switch">
          <Switch size="small" checked={unfitToo} onChange={setUnfitToo} aria-label={writing.showUnfit} />
          <span aria-hidden>{writing.showUnfit}</span>
        </span>
      ) : null}
      {templates.list.error ? (
        <FailureAlert error={templates.list.error} onRetry={() => templates.list.refetch()} />
      ) : null}
      <div className="template-tree">
        {tree.length === 0 && templates.list.data ? (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={
              all.length === 0
                ? writing.noTemplates
                : search.trim() !== ''
                  ? writing.nothingFound
                  : view === 'often'
                    ? writing.noneOften
                    : writing.noneFits
            }
          />
        ) : (
          <Tree
            blockNode
            aria-label={writing.templates}
            treeData={treeData(tree) as never}
            expandedKeys={open}
            onExpand={(_, { node, expanded }) => setTouched({ ...touched, [String(node.key)]: expanded })}
            selectedKeys={chosen ? [chosen] : []}
            onSelect={(_, { node }) => setChosen(String(node.key))}
            onDoubleClick={(_, node) => {
              const template = byId(String(node.key))
              if (template && pen.canWrite) onPut(template)
            }}
            onKeyDown={(event) => {
              if (!isPlainEnter(event as never) || !active || !pen.canWrite) return
              event.preventDefault()
              onPut(active)
            }}
          />
        )}
      </div>
      {active ? <TemplatePreview template={active} canWrite={pen.canWrite} onPut={onPut} /> : null}
      {pen.canWrite ? <p className="faint helper-hint">{writing.putHint}</p> : null}
      <TemplateDialog draft={draft} templates={templates} onClose={() => setDraft(undefined)} />
    </div>
  )
}

const leaf = (template: Template): TreeNode => ({ kind: 'template', key: template.id, template })
