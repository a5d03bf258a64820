import type { InputRef } from 'antd'
import { type RefObject, useEffect } from 'react'

const writesText = (element: Element | null) =>
  element instanceof HTMLElement && (element.matches('input, textarea, select') || element.isContentEditable)

/**
 * '/' and F3 lead to the search box from anywhere on the page; '/' is a sign like others where text is written, but not in the empty
 * search box: nobody's name begins with it.
 */
export function useSearchKeys(search: RefObject<InputRef | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey
      const isEmptySearch = document.activeElement === search.current?.input && search.current?.input?.value === ''
      if (event.key !== 'F3' && !(isSlash && (isEmptySearch || !writesText(document.activeElement)))) return
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return
      event.preventDefault()
      search.current?.focus({ cursor: 'all' })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [search])
}
