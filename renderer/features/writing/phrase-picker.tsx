import { Empty, Input, type InputRef, Modal } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Phrase } from '../../../shared/models/writing.ts'
import type { ReportPen } from '../../clinic/report-pen.ts'
import { isPlainEnter } from '../../components/ime-safe-enter.ts'
import { useText } from '../../text/use-text.tsx'
import { foundIn } from './template-search.ts'

type Props = {
  readonly open: boolean
  readonly pen: ReportPen
  readonly phrases: readonly Phrase[]
  readonly onClose: () => void
}

/** A phrase without the mouse: a few letters, arrows, Enter. */
export function PhrasePicker({ open, pen, phrases, onClose }: Props) {
  const { writing } = useText()
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const chosen = useRef<HTMLButtonElement>(null)
  const box = useRef<InputRef>(null)
  const found = phrases.filter((phrase) => foundIn(phrase.text, search)).slice(0, 50)
  const index = Math.min(at, Math.max(0, found.length - 1))
  useEffect(() => {
    if (index >= 0) chosen.current?.scrollIntoView({ block: 'nearest' })
  }, [index])
  // Forgotten when it closes: a quick hand types while it still opens.
  const close = () => {
    setSearch('')
    setAt(0)
    onClose()
  }
  const take = (phrase: Phrase | undefined) => {
    close()
    if (phrase) pen.insert(phrase.text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isPlainEnter(event)) {
      // The report has the focus next: this Enter must not become a line in it.
      event.preventDefault()
      return take(found[index])
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setAt(Math.max(0, Math.min(found.length - 1, index + (event.key === 'ArrowDown' ? 1 : -1))))
  }
  return (
    <Modal
      open={open}
      title={writing.phrasePicker}
      footer={null}
      width={560}
      onCancel={close}
      afterOpenChange={(isOpen) => isOpen && box.current?.focus()}
      destroyOnHidden
    >
      <Input
        ref={box}
        autoFocus
        value={search}
        aria-label={writing.searchPhrases}
        aria-controls="phrase-picker-list"
        placeholder={writing.searchPhrases}
        onChange={({ target }) => {
          setSearch(target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="phrase-picker-list" className="phrase-picker">
        {found.map((phrase, n) => (
          <li key={phrase.id}>
            <button
              type="button"
              ref={n === index ? chosen : null}
              aria-current={n === index}
              className={n === index ? 'phrase-picked' : ''}
              tabIndex={-1}
              onClick={() => take(phrase)}
            >
              {phrase.text}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={phrases.length === 0 ? writing.noPhrases : writing.nothingFound}
        />
      ) : null}
      <p className="faint helper-hint">{writing.pickerHint}</p>
    </Modal>
  )
}
