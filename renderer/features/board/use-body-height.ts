import { type RefObject, useLayoutEffect, useState } from 'react'

const least = 200

/** The height that is left for a table's rows within its frame, in pixels: the list fills the window and nothing else scrolls. */
export function useBodyHeight(frame: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(least)
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const measure = () => {
      const head = element.querySelector<HTMLElement>('.ant-table-header')?.offsetHeight ?? 0
      setHeight(Math.max(least, element.clientHeight - head - 2))
    }
    measure()
    const watcher = new ResizeObserver(measure)
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [frame])
  return height
}
