import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ImageSeries } from './image-stack.ts'
import { imageIdOf } from './station-image-loader.ts'
import { createViewport, type Viewport, type ViewportState } from './viewport.ts'

export type ImageState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'shown' }
  | { readonly kind: 'failed'; readonly error: unknown }

/** What is shown: which series, which picture of it, and how. */
export function useViewer(allSeries: readonly ImageSeries[]) {
  const element = useRef<HTMLDivElement>(null)
  const viewport = useRef<Viewport>(undefined)
  const [drawn, setDrawn] = useState<ViewportState>()
  const [seriesId, setSeriesId] = useState<string>()
  const [wantedIndex, setWantedIndex] = useState(0)
  const [state, setState] = useState<ImageState>({ kind: 'empty' })

  const series = allSeries.find((one) => one.seriesInstanceUid === seriesId) ?? allSeries[0]
  const count = series?.images.length ?? 0
  const index = Math.min(wantedIndex, Math.max(0, count - 1))
  const shownImage = series?.images[index]
  const imageId = shownImage ? imageIdOf(shownImage) : undefined

  useEffect(() => {
    if (!element.current) return
    const created = createViewport(element.current, setDrawn)
    viewport.current = created
    const observer = new ResizeObserver(created.resize)
    observer.observe(element.current)
    return () => {
      observer.disconnect()
      created.destroy()
      viewport.current = undefined
    }
  }, [])

  const neighbours = useMemo(
    () => [index + 1, index + 2, index - 1].flatMap((at) => (series?.images[at] ? [imageIdOf(series.images[at])] : [])),
    [series, index],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the neighbours follow from the image; a new list alone shows nothing again
  useEffect(() => {
    if (!imageId || !series) {
      setState({ kind: 'empty' })
      return
    }
    let gone = false
    setState({ kind: 'loading' })
    viewport.current?.show(imageId, series.seriesInstanceUid).then(
      (shown) => {
        if (!shown || gone) return
        setState({ kind: 'shown' })
        viewport.current?.prefetch(neighbours)
      },
      (error: unknown) => !gone && setState({ kind: 'failed', error }),
    )
    return () => {
      gone = true
    }
  }, [imageId, series?.seriesInstanceUid])

  const goTo = useCallback((to: number) => setWantedIndex(Math.max(0, Math.min(count - 1, to))), [count])
  const chooseSeries = useCallback((chosen: string, at = 0) => {
    setSeriesId(chosen)
    setWantedIndex(at)
  }, [])
  return { element, viewport, drawn, state, series, index, count, shownImage, goTo, chooseSeries }
}

export type Viewer = ReturnType<typeof useViewer>
