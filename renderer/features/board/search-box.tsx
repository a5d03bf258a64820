import { SearchOutlined } from '@ant-design/icons'
import { Input, type InputRef } from 'antd'
import { memo, type RefObject, useEffect, useRef, useState } from 'react'
import { isPlainEnter } from '../../components/ime-safe-enter.ts'
import { useText } from '../../text/use-text.tsx'

/** Keys of a scanner, or of a key held down, wait for each other this long, in milliseconds; nobody types as fast. */
const together = 40

type Props = {
  readonly value: string
  readonly inputRef: RefObject<InputRef | null>
  readonly onSearch: (text: string) => void
  readonly onEnter: (text: string) => void
  readonly onDown: () => void
  /** The person goes on to something else. */
  readonly onLeave: () => void
}

/** Its own letters are its own: the list is drawn again when it is searched, not when a letter appears here. */
export const SearchBox = memo(function SearchBox({ value, inputRef, onSearch, onEnter, onDown, onLeave }: Props) {
  const { board } = useText()
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  const composing = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const lastKey = useRef(0)

  // Back, a saved filter or "clear" changes what is looked for from outside.
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setTyped(value)
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])

  const tell = (text: string) => {
    clearTimeout(timer.current)
    if (text === told.current) return
    told.current = text
    onSearch(text)
  }
  const take = (text: string) => {
    setTyped(text)
    // Letters of a word that is still being put together in an input method are nobody's name.
    if (composing.current) return
    const now = performance.now()
    const rested = now - lastKey.current > together
    lastKey.current = now
    clearTimeout(timer.current)
    if (rested) tell(text)
    else timer.current = setTimeout(() => tell(text), together)
  }
  return (
    <Input
      ref={inputRef}
      allowClear
      autoFocus
      className="board-search"
      prefix={<SearchOutlined aria-hidden />}
      aria-label={board.searchLabel}
      placeholder={board.searchPlaceholder}
      maxLength={64}
      value={typed}
      onChange={(event) => take(event.target.value)}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        take(event.currentTarget.value)
      }}
      onBlur={() => {
        if (!composing.current) tell(typed)
        onLeave()
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') {
          event.preventDefault()
          onDown()
        } else if (event.key === 'Escape' && typed) {
          event.preventDefault()
          setTyped('')
          tell('')
        } else if (isPlainEnter(event)) {
          tell(typed)
          onLeave()
          onEnter(typed.trim())
        }
      }}
    />
  )
})
