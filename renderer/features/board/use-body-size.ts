import { type RefObject, useLayoutEffect, useState } from 'react'

const least = 200

/** What is left for a table's rows within its frame, in pixels: the list fills the window and nothing else scrolls. */
export function useBodySize(frame: RefObject<HTMLElement | null>): { readonly height: number; readonly width: number } {
  const [size, setSize] = useState({ height: least, width: 0 })
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const measure = () => {
      const head = element.querySelector<HTMLElement>('.ant-table-header')?.offsetHeight ?? 0
      const height = Math.max(least, element.clientHeight - head - 2)
      const width = Math.max(0, element.clientWidth - 2)
      setSize((before) => (before.height === height && before.width === width ? before : { height, width }))
    }
    measure()
    const watcher = new ResizeObserver(measure)
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [frame])
  return size
}
