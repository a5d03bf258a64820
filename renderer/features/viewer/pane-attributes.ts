import type { StackImage } from './image-stack.ts'
import type { Probe } from './probe.ts'
import type { ViewportState } from './viewport.ts'

type Shown = {
  readonly state: string
  readonly image: StackImage | undefined
  readonly index: number
  readonly count: number
  readonly drawn: ViewportState | undefined
  readonly probe: Probe | undefined
  readonly isPlaying: boolean
  readonly marks: number
}

/** What a viewport shows, in attributes: for tests and for support. */
export function paneAttributes(shown: Shown): Readonly<Record<string, string | undefined>> {
  const { state, image, index, count, drawn, probe, isPlaying, marks } = shown
  const inWords = {
    'image-state': state,
    'instance-id': image?.instanceId,
    frame: image?.frame,
    'image-index': index,
    'image-count': count,
    'window-width': drawn?.window.width,
    'window-center': drawn?.window.center,
    zoom: drawn?.zoom,
    inverted: drawn?.inverted,
    rotation: drawn?.rotation,
    hflip: drawn?.hflip,
    vflip: drawn?.vflip,
    pixel: probe ? `${probe.x},${probe.y}` : undefined,
    'pixel-value': probe?.value,
    playing: isPlaying,
    marks,
  }
  return Object.fromEntries(
    Object.entries(inWords).map(([name, value]) => [`data-${name}`, value === undefined ? undefined : String(value)]),
  )
}
