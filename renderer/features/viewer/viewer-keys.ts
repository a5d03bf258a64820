import type { KeyboardEvent } from 'react'
import { type WindowPreset, windowPresets } from './image-window.ts'
import type { Viewer } from './use-viewer.ts'

const presetKeys: readonly WindowPreset[] = ['soft', 'lung', 'bone', 'brain', 'mediastinum']

/** The keys that OHIF and other viewers agree on. They work while the viewer has the focus, so they never get into the report's text. */
export function onViewerKey(event: KeyboardEvent, { viewport, goTo, index, count }: Viewer): void {
  const current = viewport.current
  if (!current || event.ctrlKey || event.metaKey || event.altKey) return
  const actions: Readonly<Record<string, () => void>> = {
    ArrowUp: () => goTo(index - 1),
    ArrowDown: () => goTo(index + 1),
    PageUp: () => goTo(index - 10),
    PageDown: () => goTo(index + 10),
    Home: () => goTo(0),
    End: () => goTo(count - 1),
    ' ': current.reset,
    i: current.invert,
    r: () => current.rotate(90),
    l: () => current.rotate(-90),
    h: () => current.flip('hflip'),
    v: () => current.flip('vflip'),
    '+': () => current.zoomBy(1.2),
    '-': () => current.zoomBy(1 / 1.2),
    '=': current.fit,
  }
  const preset = presetKeys[Number(event.key) - 1]
  const action = preset
    ? () => current.setWindow(windowPresets[preset])
    : actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  if (!action) return
  event.preventDefault()
  action()
}
