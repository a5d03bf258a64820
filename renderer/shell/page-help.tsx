import { Drawer, Typography } from 'antd'
import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import { KeysTable } from '../components/keys-table.tsx'
import type { PageName } from '../text/areas/page-help.ts'
import { useText } from '../text/use-text.tsx'
import { useLocked } from './lock-store.ts'
import { pageOf } from './page-of.ts'
import './page-help.css'

/** What this page is for, its keys, and what to do when something is red. F1 opens and closes it, `opened` does so for the mouse. */
export function PageHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { pageHelp } = useText()
  const { pathname } = useLocation()
  const page = pageHelp.pages[pageOf(pathname) satisfies PageName]
  return (
    <Drawer
      open={opened}
      onClose={onClose}
      size={440}
      title={`${pageHelp.title} · ${page.title}`}
      rootClassName="page-help"
      destroyOnHidden
    >
      <p>{page.purpose}</p>
      <h2>{pageHelp.keys}</h2>
      <KeysTable rows={page.keys} />
      <h2>{pageHelp.red}</h2>
      <ul>
        {page.red.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <Typography.Paragraph type="secondary">{pageHelp.support}</Typography.Paragraph>
      <h2>{pageHelp.everywhere}</h2>
      <KeysTable rows={pageHelp.everywhereKeys} />
    </Drawer>
  )
}

/** F1 counts in dialogs and fields too, where help is wanted most; not at a locked desk. */
export function usePageHelp(): { readonly opened: boolean; readonly open: () => void; readonly close: () => void } {
  const [opened, setOpened] = useState(false)
  const isLocked = useLocked()
  useEffect(() => {
    if (isLocked) return
    const listen = (event: KeyboardEvent) => {
      if (event.code !== 'F1' || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      if (!event.repeat) setOpened((before) => !before)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [isLocked])
  return { opened: opened && !isLocked, open: () => setOpened(true), close: () => setOpened(false) }
}
