import { type RefObject, useEffect, useRef, useState } from 'react'
import type { ImageSeries } from './image-stack.ts'
import { imageIdOf } from './station-image-loader.ts'
import { createViewport, type Viewport, type ViewportState } from './viewport.ts'

export type ImageState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'shown' }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Pictures before and after the one that is shown; more lie ahead in the direction in which a person leafs. */
function neighbours(index: number, direction: 1 | -1, count: number): readonly number[] {
  const ahead = [1, 2, 3, 4].map((step) => index + step * direction)
  return [...ahead, index - direction, index - 2 * direction].filter((at) => at >= 0 && at < count)
}

/** Shows a picture of a series in an element, as soon as it is there. */
export function usePaneImage(
  element: RefObject<HTMLDivElement | null>,
  series: ImageSeries | undefined,
  index: number,
  isPlaying: boolean,
) {
  const viewport = useRef<Viewport>(undefined)
  const [drawn, setDrawn] = useState<ViewportState>()
  const [state, setState] = useState<ImageState>({ kind: 'empty' })
  const [attempt, setAttempt] = useState(0)
  const lastIndex = useRef(index)
  const image = series?.images[index]
  const imageId = image ? imageIdOf(image) : undefined

  useEffect(() => {
    if (!element.current) return
    const target = element.current
    const created = createViewport(target, setDrawn)
    viewport.current = created
    // A viewport that waits behind a large one has no size, and would come back with none.
    const observer = new ResizeObserver(() => target.clientWidth > 0 && created.resize())
    observer.observe(target)
    return () => {
      observer.disconnect()
      created.destroy()
      viewport.current = undefined
    }
  }, [element])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new list of the same pictures shows nothing again, `attempt` does
  useEffect(() => {
    if (!imageId || !series) {
      setState({ kind: 'empty' })
      return
    }
    if (isPlaying) return
    let gone = false
    const direction = index < lastIndex.current ? -1 : 1
    lastIndex.current = index
    if (!viewport.current?.showReady(imageId, series.seriesInstanceUid)) setState({ kind: 'loading' })
    viewport.current?.show(imageId, series.seriesInstanceUid).then(
      (shown) => {
        if (!shown || gone) return
        setState({ kind: 'shown' })
        const soon = neighbours(index, direction, series.images.length)
        viewport.current?.want(soon.flatMap((at) => (series.images[at] ? [imageIdOf(series.images[at])] : [])))
      },
      (error: unknown) => !gone && setState({ kind: 'failed', error }),
    )
    return () => {
      gone = true
    }
  }, [imageId, series?.seriesInstanceUid, isPlaying, attempt])

  return { viewport, drawn, state, again: () => setAttempt((count) => count + 1) }
}
