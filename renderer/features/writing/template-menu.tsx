import { MoreOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useRef } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { fetchStation } from '../../api/call-station.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { saveFile } from '../../components/save-file.ts'
import { useText } from '../../text/use-text.tsx'
import { readTemplateFile } from './template-file.ts'

/** New, export, import: what concerns no single template. */
export function TemplateMenu({ onNew }: { readonly onNew: () => void }) {
  const { writing } = useText()
  const { message } = App.useApp()
  const notice = useFailureNotice()
  const chooser = useRef<HTMLInputElement>(null)
  const send = useStationMutation(routes.templateImport, {
    stale: [routes.templateList, routes.phraseList],
    onDone: ({ added, skipped }) => message.success(writing.imported(added, skipped)),
  })
  const take = async (file: File | undefined) => {
    const content = file && readTemplateFile(await file.text())
    if (content) send.mutate({ body: content })
    else if (file) message.error(writing.importBad)
  }
  const save = async () => {
    const response = await fetchStation(routes.templateExport)
    saveFile(await response.blob(), '影站模板.json')
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'new', label: writing.newTemplate, onClick: onNew },
            { key: 'export', label: writing.exportFile, onClick: () => save().catch(notice) },
            { key: 'import', label: writing.importFile, onClick: () => chooser.current?.click() },
          ],
        }}
      >
        <Button size="small" icon={<MoreOutlined />} aria-label={writing.manage} title={writing.manage} />
      </Dropdown>
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={writing.importFile}
        onChange={({ target }) => {
          take(target.files?.[0]).catch(notice)
          target.value = ''
        }}
      />
    </>
  )
}
