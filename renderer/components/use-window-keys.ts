import { useEffect, useRef } from 'react'

/** 'Ctrl+KeyS', 'Alt+Digit1', 'F1': modifiers in this order, then KeyboardEvent.code. The command key of a Mac counts as Ctrl. */
export function keyWords(event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'code'>): string {
  const { ctrlKey, metaKey, altKey, shiftKey, code } = event
  return [ctrlKey || metaKey ? 'Ctrl+' : '', altKey ? 'Alt+' : '', shiftKey ? 'Shift+' : '', code].join('')
}

type KeyTable = Readonly<Record<string, (() => void) | undefined>>

/** Keys that count wherever the focus is, except in a dialog, which has the keyboard to itself, and inside a composition of an input method. */
export function useWindowKeys(keys: KeyTable): void {
  const table = useRef(keys)
  useEffect(() => {
    table.current = keys
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
      const act = table.current[keyWords(event)]
      if (!act) return
      event.preventDefault()
      const dialogs = document.querySelectorAll('.ant-modal-wrap')
      if (![...dialogs].some((dialog) => dialog.checkVisibility())) act()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
