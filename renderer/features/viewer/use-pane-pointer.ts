import { type MouseEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { crosshairStep } from './crosshair-step.ts'
import { type Drawing, moved, pressed, released } from './draw-mark.ts'
import type { Point } from './geometry.ts'
import { dragWindow, type ImageWindow } from './image-window.ts'
import { type Grip, gripAt, hasWords, type Mark, type MarkKind, markKinds, movedMark } from './marks.ts'
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
  /** A mark with words was clicked twice. */
  readonly onReworded: (mark: Mark) => void
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
export function usePanePointer({ pane, tool, viewport, drawn, marks, onDrawn, onMoved, onReworded }: Setup) {
  const desk = useViewerDesk()
  const drag = useRef<Drag>(undefined)
  const [pointer, setPointer] = useState<Point>()
  const [drawing, setDrawing] = useState<Drawing>()
  const [moving, setMoving] = useState<Mark>()
  const [chosen, setChosen] = useState<string>()
  const [isMagnifying, setMagnifying] = useState(false)
  const [crosshair, setCrosshair] = useState<Point>()
  const carried = useRef<{ readonly grip: Grip; readonly from: Point }>(undefined)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another tool or picture leaves what was begun
  useEffect(() => {
    setDrawing(undefined)
    setMoving(undefined)
    carried.current = undefined
  }, [tool, drawn?.imageId])

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
    setCrosshair(undefined)
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

  const point = (at: Point | undefined) => {
    setCrosshair(at)
    setPointer(at)
  }

  /** Enter at the crosshair is a click: it takes a mark that lies there, sets it down, or sets a point of the tool's mark. */
  const set = (shown: ViewportState, at: Point) => {
    const place = toImage(shown.matrix, at)
    if (carried.current) {
      onMoved(movedMark(carried.current.grip, carried.current.from, place))
      carried.current = undefined
      setMoving(undefined)
      return
    }
    const grip = drawing ? undefined : gripAt(marks, shown.matrix, at)
    setChosen(grip?.mark.id)
    if (grip) carried.current = { grip, from: place }
    else if (isMarkKind(tool)) finish(pressed(drawing, tool, place))
  }

  /** A key for the crosshair; answers whether it was one. Enter shows it, where there is something to draw or to take. */
  const steer = (combo: string): boolean => {
    const step = crosshairStep(combo)
    const canvas = viewport()?.canvas()
    if (!step || !drawn || !canvas) return false
    if (!crosshair) {
      const isOfUse = step.kind === 'set' && (isMarkKind(tool) || marks.length > 0)
      if (isOfUse) point({ x: Math.round(canvas.width / 2), y: Math.round(canvas.height / 2) })
      return isOfUse
    }
    if (step.kind === 'set') set(drawn, crosshair)
    else if (step.kind === 'move') {
      const at = {
        x: Math.max(0, Math.min(canvas.width, crosshair.x + step.dx)),
        y: Math.max(0, Math.min(canvas.height, crosshair.y + step.dy)),
      }
      point(at)
      const place = toImage(drawn.matrix, at)
      if (drawing) setDrawing(moved(drawing, place))
      if (carried.current) setMoving(movedMark(carried.current.grip, carried.current.from, place))
    } else if (drawing || carried.current) {
      carried.current = undefined
      setMoving(undefined)
      setDrawing(undefined)
    } else {
      // Nothing was begun: the same key puts the tool back.
      point(undefined)
      return false
    }
    return true
  }

  return {
    pointer,
    crosshair,
    steer,
    drawing,
    moving,
    chosen,
    isMagnifying,
    cancel(): boolean {
      const isBegun = drawing !== undefined || moving !== undefined
      if (moving) drag.current = undefined
      setDrawing(undefined)
      setMoving(undefined)
      setChosen(undefined)
      return isBegun
    },
    choose: setChosen,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp: (event: PointerEvent<HTMLDivElement>) => endDrag(event, false),
      onPointerCancel: (event: PointerEvent<HTMLDivElement>) => endDrag(event, true),
      onPointerLeave: () => setPointer(undefined),
      onDoubleClick(event: MouseEvent<HTMLDivElement>) {
        const mark = drawn && !drawing ? gripAt(marks, drawn.matrix, pointOf(event))?.mark : undefined
        if (mark && hasWords(mark.kind)) onReworded(mark)
        else if (!isMarkKind(tool)) desk.maximise(pane)
      },
      onContextMenu: (event: MouseEvent) => event.preventDefault(),
    },
  }
}
