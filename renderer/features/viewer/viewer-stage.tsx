import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { useText } from '../../text/use-text.tsx'
import { dragWindow, type ImageWindow } from './image-window.ts'
import type { Viewer } from './use-viewer.ts'
import type { Probe } from './viewport.ts'

type Drag = {
  readonly button: number
  readonly startX: number
  readonly startY: number
  readonly startWindow: ImageWindow | undefined
  lastX: number
  lastY: number
}

/** So much of the wheel is one picture further: one notch of a mouse is 100 or more, a touch pad sends many small pieces. */
const wheelStep = 50

/** Where the picture is drawn: left button windows, middle moves, right zooms, the wheel scrolls. */
export function ViewerStage({
  viewer,
  onProbe,
}: {
  readonly viewer: Viewer
  readonly onProbe: (probe?: Probe) => void
}) {
  const text = useText().viewer
  const { element, viewport, goTo, index, count, state } = viewer
  // Images that were taken out of the exam must not stay on the screen under its name.
  const isBlank = state.kind === 'empty' || state.kind === 'failed'
  const drag = useRef<Drag>(undefined)
  const wheelRest = useRef(0)
  const [dragging, setDragging] = useState(false)

  useEffect(() => {
    const target = element.current
    if (!target) return
    // React's own wheel listener is passive and could not keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      if (event.ctrlKey || count <= 1) {
        viewport.current?.zoomBy(event.deltaY < 0 ? 1.1 : 1 / 1.1)
        return
      }
      wheelRest.current += event.deltaY
      if (Math.abs(wheelRest.current) < wheelStep) return
      goTo(index + Math.sign(wheelRest.current))
      wheelRest.current = 0
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [element, viewport, goTo, index, count])

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    if (event.button === 1) event.preventDefault()
    setDragging(true)
    drag.current = {
      button: event.button,
      startX: event.clientX,
      startY: event.clientY,
      startWindow: viewport.current?.window(),
      lastX: event.clientX,
      lastY: event.clientY,
    }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const current = viewport.current
    if (!current) return
    onProbe(current.probe(event.pageX, event.pageY))
    const from = drag.current
    if (!from) return
    const [dx, dy] = [event.clientX - from.lastX, event.clientY - from.lastY]
    from.lastX = event.clientX
    from.lastY = event.clientY
    if (from.button === 0 && from.startWindow) {
      const [wide, high] = [event.clientX - from.startX, event.clientY - from.startY]
      current.setWindow(dragWindow(from.startWindow, wide, high, current.dynamicRange()))
    } else if (from.button === 1) current.move(dx, dy)
    else if (from.button === 2) current.zoomBy(1 - dy / 200)
  }
  const endDrag = () => {
    drag.current = undefined
    setDragging(false)
  }

  return (
    <div
      ref={element}
      role="application"
      aria-label={text.help}
      className={`viewer-stage ${dragging ? 'viewer-stage-dragging' : ''} ${isBlank ? 'viewer-stage-blank' : ''}`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
      onPointerLeave={() => onProbe(undefined)}
      onDoubleClick={() => viewport.current?.reset()}
      onContextMenu={(event) => event.preventDefault()}
    />
  )
}
