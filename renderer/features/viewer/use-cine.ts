import { type RefObject, useEffect, useRef, useState } from 'react'
import { type CineMode, cineRateOf, frameOfStep, framesAhead, stepAt, strideFor } from './cine-plan.ts'
import type { ImageSeries } from './image-stack.ts'
import { imageIdOf, parallelLoads, stationFrames } from './station-image-loader.ts'
import type { Viewport } from './viewport.ts'

const mostAhead = 24
/** So much of the memory of pictures may lie ahead. */
const bytesAhead = 64 * 1024 * 1024

export type CineCount = { readonly shown: number; readonly dropped: number }

type Setup = {
  readonly viewport: RefObject<Viewport | undefined>
  readonly series: ImageSeries | undefined
  readonly index: number
  /** Frames a second, as the file wishes. */
  readonly wishedRate: number | undefined
  /** The film stands, here. */
  readonly onStop: (index: number) => void
}

/** Plays a series by the clock: what comes too late is left out. */
export function useCine({ viewport, series, index, wishedRate, onStop }: Setup) {
  const [isPlaying, setPlaying] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const [ownRate, setOwnRate] = useState<number>()
  const [mode, setMode] = useState<CineMode>('loop')
  const [counted, setCounted] = useState<CineCount>({ shown: 0, dropped: 0 })
  const at = useRef(index)
  const rate = ownRate ?? cineRateOf(wishedRate)
  const seriesUid = series?.seriesInstanceUid
  const images = series?.images
  const stopped = useRef(onStop)
  stopped.current = onStop

  // biome-ignore lint/correctness/useExhaustiveDependencies: another series begins anew
  useEffect(() => {
    setPlaying(false)
    setOwnRate(undefined)
    setCounted({ shown: 0, dropped: 0 })
  }, [seriesUid])

  useEffect(() => {
    if (!isPlaying) at.current = index
  }, [index, isPlaying])

  useEffect(() => {
    if (!isPlaying || !images || !seriesUid || images.length < 2) return
    const [since, from] = [performance.now(), at.current]
    let [shown, dropped, wanted, handle] = [0, 0, -1, 0]
    const idOf = (frame: number) => imageIdOf(images[frame] as ImageSeries['images'][number])
    const tick = (now: number) => {
      handle = requestAnimationFrame(tick)
      const step = stepAt(from, now - since, rate)
      const stride = strideFor(rate, stationFrames.pace(), parallelLoads)
      const frame = frameOfStep(step - (step % stride), images.length, mode)
      if (frame === wanted && at.current === frame) return
      const isNew = frame !== wanted
      wanted = frame
      if (viewport.current?.showReady(idOf(frame), seriesUid)) {
        at.current = frame
        shown++
      } else if (isNew) dropped++
      if (!isNew) return
      const room = Math.floor(bytesAhead / Math.max(1, viewport.current?.imageBytes() ?? 1))
      const ahead = framesAhead(step, images.length, mode, stride, Math.max(2, Math.min(mostAhead, room)))
      viewport.current?.want(ahead.map(idOf))
      setCounted({ shown, dropped })
    }
    handle = requestAnimationFrame(tick)
    return () => {
      cancelAnimationFrame(handle)
      viewport.current?.want([])
      stopped.current(at.current)
    }
  }, [isPlaying, images, seriesUid, rate, mode, viewport])

  return {
    isPlaying,
    isOpen: isOpen && (images?.length ?? 0) > 1,
    rate,
    mode,
    counted,
    setRate: setOwnRate,
    setMode,
    toggle() {
      if ((images?.length ?? 0) < 2) return
      setOpen(true)
      setPlaying((playing) => !playing)
    },
    close() {
      setPlaying(false)
      setOpen(false)
    },
    pause: () => setPlaying(false),
  }
}

export type Cine = ReturnType<typeof useCine>
