import { Alert, Button, Modal } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useText } from '../../text/use-text.tsx'
import { actionWords } from './action-words.ts'
import { comboOf, conflictOf, shownCombo, type ViewerAction, viewerActions, withKey } from './keymap.ts'
import type { useKeymap } from './use-keymap.ts'

type Props = {
  readonly open: boolean
  readonly keys: ReturnType<typeof useKeymap>
  /** Of the series that is looked at: what its windows are called. */
  readonly modality: string
  readonly onClose: () => void
}
type Taken = { readonly action: ViewerAction; readonly combo: string; readonly holder: ViewerAction }

/** All keys at a glance; each is changed by pressing another. */
export function ShortcutDialog({ open, keys, modality, onClose }: Props) {
  const { common, viewer: text } = useText()
  const nameOf = (action: ViewerAction) => actionWords(action, modality, text)
  const [asking, setAsking] = useState<ViewerAction>()
  const [taken, setTaken] = useState<Taken>()
  const leave = () => {
    setAsking(undefined)
    setTaken(undefined)
  }
  const onKey = (event: KeyboardEvent) => {
    if (!asking) return
    const combo = comboOf(event)
    if (!combo) return
    event.preventDefault()
    event.stopPropagation()
    const holder = conflictOf(keys.keymap, asking, combo)
    if (holder) setTaken({ action: asking, combo, holder })
    else keys.change(withKey(keys.keymap, asking, combo))
    setAsking(undefined)
  }
  return (
    <Modal
      open={open}
      title={text.shortcuts}
      width={1080}
      centered
      keyboard={asking === undefined}
      onCancel={() => {
        leave()
        onClose()
      }}
      footer={[
        <Button key="restore" onClick={() => keys.restore()}>
          {text.restoreKeys}
        </Button>,
        <Button key="close" type="primary" onClick={onClose}>
          {common.close}
        </Button>,
      ]}
    >
      <p className="faint">{text.shortcutsHint}</p>
      {taken ? (
        <Alert
          type="warning"
          showIcon
          title={text.keyTaken(shownCombo(taken.combo), nameOf(taken.holder))}
          action={
            <>
              <Button
                size="small"
                onClick={() => {
                  keys.change(withKey(keys.keymap, taken.action, taken.combo))
                  leave()
                }}
              >
                {text.takeKey}
              </Button>{' '}
              <Button size="small" onClick={leave}>
                {text.keepKey}
              </Button>
            </>
          }
        />
      ) : null}
      <dl className="shortcut-list">
        {viewerActions.map((action) => {
          const shown =
            asking === action ? text.pressKey : keys.keymap[action].map(shownCombo).join(' / ') || text.noKey
          return (
            <div key={action} data-action={action}>
              <dt>{nameOf(action)}</dt>
              <dd>
                <Button
                  size="small"
                  aria-label={`${text.changeKey(nameOf(action))} ${shown}`}
                  onClick={() => {
                    setTaken(undefined)
                    setAsking(action)
                  }}
                  onKeyDown={onKey}
                  onBlur={() => setAsking((now) => (now === action ? undefined : now))}
                >
                  {shown}
                </Button>
              </dd>
            </div>
          )
        })}
      </dl>
      <h3>{text.mouse}</h3>
      <ul className="mouse-list">
        {text.mouseLines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Modal>
  )
}
