import { type RefObject, useEffect, useRef } from 'react'
import { useViewerDesk } from './viewer-context.ts'
import { wheelSteps } from './wheel-steps.ts'

/** The wheel scrolls the stack; where there is one picture, or with Ctrl (a pinch on a touch pad says so too), it zooms at the pointer. */
export function usePaneWheel(element: RefObject<HTMLDivElement | null>, pane: number, count: number): void {
  const desk = useViewerDesk()
  const rest = useRef(0)
  useEffect(() => {
    const target = element.current
    if (!target) return
    // React's own wheel listener is passive and could not keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      if (event.ctrlKey || count <= 1) {
        const box = target.getBoundingClientRect()
        const at = { x: event.clientX - box.left, y: event.clientY - box.top }
        const factor = Math.exp(-Math.max(-100, Math.min(100, event.deltaY)) / 1000)
        for (const view of desk.linked(pane)) view.zoomBy(factor, at)
        return
      }
      const { steps, rest: left } = wheelSteps(rest.current, event.deltaY)
      rest.current = left
      if (steps !== 0) desk.scroll(pane, (index) => index + steps)
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [element, desk, pane, count])
}
