import { type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { type Drawing, moved, pressed, released } from './draw-mark.ts'
import type { Point } from './geometry.ts'
import { dragWindow, type ImageWindow } from './image-window.ts'
import { type Grip, gripAt, type Mark, type MarkKind, markKinds, movedMark } from './marks.ts'
import { toImage } from './picture-matrix.ts'
import { type Tool, useViewerDesk } from './viewer-context.ts'
import type { Viewport, ViewportState } from './viewport.ts'

type Setup = {
  readonly pane: number
  readonly tool: Tool
  readonly viewport: () => Viewport | undefined
  readonly drawn: ViewportState | undefined
  readonly marks: readonly Mark[]
  readonly onDrawn: (kind: MarkKind, points: readonly Point[]) => void
  readonly onMoved: (mark: Mark) => void
}

type Drag = { readonly startX: number; readonly startY: number; lastX: number; lastY: number } & (
  | { readonly kind: 'window'; readonly from: ImageWindow | undefined }
  | { readonly kind: 'pan' | 'zoom' | 'menu-or-zoom' | 'magnifier' | 'draw' }
  | { readonly kind: 'grip'; readonly grip: Grip; readonly from: Point }
)

/** Fewer pixels than this are a click with an unsteady hand. */
const still = 4
const isMarkKind = (tool: Tool): tool is MarkKind => (markKinds as readonly string[]).includes(tool)

/** Left: the tool, or a mark that is taken. Middle moves, right zooms or, without a drag, opens the menu. */
export function usePanePointer({ pane, tool, viewport, drawn, marks, onDrawn, onMoved }: Setup) {
  const desk = useViewerDesk()
  const drag = useRef<Drag>(undefined)
  const [pointer, setPointer] = useState<Point>()
  const [drawing, setDrawing] = useState<Drawing>()
  const [moving, setMoving] = useState<Mark>()
  const [chosen, setChosen] = useState<string>()
  const [isMagnifying, setMagnifying] = useState(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another tool or picture leaves what was begun
  useEffect(() => setDrawing(undefined), [tool, drawn?.imageId])

  const pointOf = (event: MouseEvent<HTMLElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  const finish = ({ drawing: next, isFinished }: { drawing: Drawing; isFinished: boolean }) => {
    setDrawing(isFinished ? undefined : next)
    if (isFinished) onDrawn(next.kind, next.points)
  }

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    desk.activate(pane)
    event.currentTarget.setPointerCapture(event.pointerId)
    if (event.button === 1) event.preventDefault()
    const places = { startX: event.clientX, startY: event.clientY, lastX: event.clientX, lastY: event.clientY }
    if (event.button === 1) drag.current = { ...places, kind: 'pan' }
    else if (event.button === 2) drag.current = { ...places, kind: 'menu-or-zoom' }
    else if (event.button === 0) beginLeft(event, places)
  }

  const beginLeft = (
    event: PointerEvent<HTMLDivElement>,
    places: Pick<Drag, 'startX' | 'startY' | 'lastX' | 'lastY'>,
  ) => {
    const at = pointOf(event)
    const grip = drawn && !drawing ? gripAt(marks, drawn.matrix, at) : undefined
    setChosen(grip?.mark.id)
    if (drawn && grip) {
      drag.current = { ...places, kind: 'grip', grip, from: toImage(drawn.matrix, at) }
      return
    }
    const withKey = event.shiftKey ? 'pan' : event.ctrlKey || event.altKey ? 'zoom' : tool
    if (isMarkKind(withKey)) {
      if (!drawn) return
      drag.current = { ...places, kind: 'draw' }
      finish(pressed(drawing, withKey, toImage(drawn.matrix, at)))
    } else if (withKey === 'window') drag.current = { ...places, kind: 'window', from: viewport()?.window() }
    else {
      drag.current = { ...places, kind: withKey }
      setMagnifying(withKey === 'magnifier')
    }
  }

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const at = pointOf(event)
    setPointer(at)
    if (drawing && drawn) setDrawing(moved(drawing, toImage(drawn.matrix, at)))
    const from = drag.current
    if (!from) return
    const [dx, dy] = [event.clientX - from.lastX, event.clientY - from.lastY]
    from.lastX = event.clientX
    from.lastY = event.clientY
    const linked = desk.linked(pane)
    if (from.kind === 'window' && from.from) {
      const [wide, high] = [event.clientX - from.startX, event.clientY - from.startY]
      const window = dragWindow(from.from, wide, high, viewport()?.dynamicRange() ?? 0)
      for (const view of linked) view.setWindow(window)
    } else if (from.kind === 'pan') for (const view of linked) view.move(dx, dy)
    else if (from.kind === 'zoom' || from.kind === 'menu-or-zoom') for (const view of linked) view.zoomBy(1 - dy / 200)
    else if (from.kind === 'grip' && drawn) setMoving(movedMark(from.grip, from.from, toImage(drawn.matrix, at)))
  }

  const endDrag = (event: PointerEvent<HTMLDivElement>, isCancelled: boolean) => {
    const from = drag.current
    drag.current = undefined
    setMagnifying(false)
    if (!from) return
    const wasDragged = Math.hypot(event.clientX - from.startX, event.clientY - from.startY) >= still
    if (from.kind === 'grip') {
      setMoving(undefined)
      if (!isCancelled && wasDragged && drawn)
        onMoved(movedMark(from.grip, from.from, toImage(drawn.matrix, pointOf(event))))
    } else if (from.kind === 'draw' && drawing && drawn && !isCancelled)
      finish(released(drawing, toImage(drawn.matrix, pointOf(event)), wasDragged))
    else if (from.kind === 'menu-or-zoom' && !wasDragged && !isCancelled)
      desk.openMenu(pane, { x: event.clientX, y: event.clientY })
  }

  return {
    pointer,
    drawing,
    moving,
    chosen,
    isMagnifying,
    cancel(): boolean {
      const had = drawing !== undefined || chosen !== undefined
      setDrawing(undefined)
      setChosen(undefined)
      return had
    },
    choose: setChosen,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp: (event: PointerEvent<HTMLDivElement>) => endDrag(event, false),
      onPointerCancel: (event: PointerEvent<HTMLDivElement>) => endDrag(event, true),
      onPointerLeave: () => setPointer(undefined),
      onDoubleClick: () => !isMarkKind(tool) && desk.maximise(pane),
      onContextMenu: (event: MouseEvent) => event.preventDefault(),
    },
  }
}
