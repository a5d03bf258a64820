import { Empty, Spin } from 'antd'
import { type DragEvent, useEffect, useMemo, useRef } from 'react'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { CineBar } from './cine-bar.tsx'
import { cornerWords, type SeriesOwner } from './corner-words.ts'
import { Crosshair } from './crosshair.tsx'
import { drawPicture } from './draw-picture.ts'
import { type ImageSeries, pictureKeyOf } from './image-stack.ts'
import { Magnifier } from './magnifier.tsx'
import { MarkLayer } from './mark-layer.tsx'
import { shapeOf } from './mark-shapes.ts'
import { wordsOfMark } from './mark-words.ts'
import { type Mark, needsWords } from './marks.ts'
import type { MarksDocument } from './marks-history.ts'
import { headEdges, shownEdges } from './orientation.ts'
import { OverlayLayer } from './overlay-layer.tsx'
import { paneAttributes } from './pane-attributes.ts'
import { PaneOverlay } from './pane-overlay.tsx'
import { coveredBox, toImage } from './picture-matrix.ts'
import { probeAt } from './probe.ts'
import { readDraggedSeries } from './series-drag.ts'
import { imageIdOf } from './station-image-loader.ts'
import { useCine } from './use-cine.ts'
import { usePaneImage } from './use-pane-image.ts'
import { usePanePointer } from './use-pane-pointer.ts'
import { usePaneWheel } from './use-pane-wheel.ts'
import type { FactsOf } from './use-series-facts.ts'
import { type PaneHandle, type Tool, useViewerDesk } from './viewer-context.ts'

type Props = {
  readonly pane: number
  readonly series: ImageSeries | undefined
  readonly index: number
  readonly owner: SeriesOwner | undefined
  readonly isActive: boolean
  readonly isHidden: boolean
  readonly tool: Tool
  readonly hasOverlay: boolean
  readonly hasGraphics: boolean
  readonly factsOf: FactsOf
  readonly document: MarksDocument
  /** Why there is nothing to see. */
  readonly emptyWords: readonly string[]
}

const nothingDrawn: readonly Mark[] = []
const noHead = { rowPixelSpacing: null, columnPixelSpacing: null } as const
/** A picture for the report is no wider, one to be kept as a file may be as large as the screen. */
const mostPixels = 4096

/** One viewport: a picture, its marks, its corners and its film. */
export function ViewerPane(props: Props) {
  const { pane, series, index: wantedIndex, owner, isActive, tool, factsOf, document } = props
  const text = useText().viewer
  const desk = useViewerDesk()
  const element = useRef<HTMLDivElement>(null)
  const graphics = useRef<HTMLCanvasElement>(null)
  const viewportOf = useRef<ReturnType<typeof usePaneImage>['viewport']['current']>(undefined)
  const cine = useCine({
    viewport: viewportOf,
    series,
    index: wantedIndex,
    wishedRate: viewportOf.current?.head()?.framesPerSecond,
    onStop: (index) => desk.scroll(pane, () => index),
  })
  const { viewport, drawn, state, again } = usePaneImage(element, series, wantedIndex, cine.isPlaying)
  useEffect(() => {
    viewportOf.current = viewport.current
  })
  const indexOf = useMemo(
    () => new Map(series?.images.map((image, index) => [imageIdOf(image), index] as const)),
    [series],
  )
  const index = cine.isPlaying ? (indexOf.get(drawn?.imageId ?? '') ?? wantedIndex) : wantedIndex
  const count = series?.images.length ?? 0
  const image = series?.images[index]
  const facts = factsOf(image)
  const picture = image ? pictureKeyOf(image) : ''
  // Images that were taken out of the exam must not stay on the screen under its name.
  const isBlank = state.kind === 'empty' || state.kind === 'failed'
  const isDrawn = drawn !== undefined && image !== undefined && drawn.imageId === imageIdOf(image) && !isBlank
  const kept = (isDrawn && document.marks[picture]) || nothingDrawn

  const pointer = usePanePointer({
    pane,
    tool,
    viewport: () => viewport.current,
    drawn: isDrawn ? drawn : undefined,
    marks: kept,
    onDrawn(kind, points) {
      const mark: Mark = { id: crypto.randomUUID(), kind, points: points.map(({ x, y }) => ({ x, y })) }
      if (needsWords(kind)) desk.ask({ picture, mark })
      else {
        desk.changeMarks({ kind: 'put', picture, mark })
        pointer.choose(mark.id)
      }
    },
    onMoved: (mark) => desk.changeMarks({ kind: 'put', picture, mark }),
    onReworded: (mark) => desk.ask({ picture, mark }),
  })
  usePaneWheel(element, pane, count)

  const pixels = isDrawn ? drawn.pixels : undefined
  const probe =
    isDrawn && pointer.pointer && pixels ? probeAt(toImage(drawn.matrix, pointer.pointer), pixels) : undefined
  const head = isDrawn ? drawn.head : undefined
  const measured = {
    modality: series?.modality ?? '',
    head: head ?? noHead,
    calibration: image && document.calibrations[image.instanceId],
    pixels,
  }
  const moving = pointer.moving
  const all: readonly Pick<Mark, 'id' | 'kind' | 'points' | 'text'>[] = [
    ...kept.map((mark) => (mark.id === moving?.id ? moving : mark)),
    ...(pointer.drawing ? [{ id: 'drawing', ...pointer.drawing }] : []),
  ]
  const layered = isDrawn
    ? all.map((mark) => ({
        id: mark.id,
        isChosen: mark.id === pointer.chosen || mark.id === 'drawing',
        shape: shapeOf(mark, drawn.matrix, wordsOfMark(mark, measured, text), viewport.current?.canvas()?.width ?? 0),
      }))
    : []
  const corners = series
    ? cornerWords(
        {
          owner,
          series,
          index,
          facts,
          head,
          drawn: isDrawn ? drawn : undefined,
          probe,
          unit: series.modality === 'CT' ? ' HU' : '',
        },
        text,
      )
    : undefined

  const stored = head && headEdges(head)
  const edges = stored && isDrawn ? shownEdges(stored, drawn) : undefined
  const layersOf = () =>
    [viewport.current?.canvas(), graphics.current].filter((layer) => layer instanceof HTMLCanvasElement)
  const handle: PaneHandle = {
    viewport: () => viewport.current,
    toggleCine: cine.toggle,
    cancel: pointer.cancel,
    steer: pointer.steer,
    deleteChosen() {
      if (!pointer.chosen) return false
      desk.changeMarks({ kind: 'remove', picture, id: pointer.chosen })
      pointer.choose(undefined)
      return true
    },
    picture(withCorners) {
      const source = viewport.current?.canvas()
      if (!source || !isDrawn) return undefined
      const { width, height } = source
      const box = withCorners ? { x: 0, y: 0, width, height } : coveredBox(drawn.matrix, drawn, { width, height })
      const marks = layered.map(({ shape }) => shape)
      return drawPicture({
        layers: layersOf(),
        box,
        marks,
        corners: withCorners ? corners : undefined,
        edges,
        mostPixels,
      })
    },
  }
  const newest = useRef(handle)
  newest.current = handle
  useEffect(() => {
    desk.register(pane, {
      viewport: () => newest.current.viewport(),
      toggleCine: () => newest.current.toggleCine(),
      cancel: () => newest.current.cancel(),
      deleteChosen: () => newest.current.deleteChosen(),
      steer: (combo) => newest.current.steer(combo),
      picture: (withCorners) => newest.current.picture(withCorners),
    })
    return () => desk.register(pane, undefined)
  }, [desk, pane])

  const attributes = paneAttributes({
    state: state.kind,
    image,
    index,
    count,
    drawn: isDrawn ? drawn : undefined,
    probe,
    isPlaying: cine.isPlaying,
    marks: kept.length,
  })
  useEffect(() => {
    desk.report(pane, { state: state.kind, inverted: drawn?.inverted ?? false, playing: cine.isPlaying })
  }, [desk, pane, state.kind, drawn?.inverted, cine.isPlaying])
  useEffect(() => {
    if (isActive) desk.describe(pane, attributes)
  })

  const onDrop = (event: DragEvent) => {
    const content = readDraggedSeries(event.dataTransfer)
    if (!content) return
    event.preventDefault()
    event.stopPropagation()
    desk.place(pane, content)
  }
  const shownCanvas = viewport.current?.canvas()
  return (
    <section
      className={`viewer-pane ${isActive ? 'viewer-pane-active' : ''}`}
      aria-label={text.viewport(pane + 1)}
      hidden={props.isHidden}
      data-pane={pane}
      data-active={isActive}
      data-series={series?.seriesInstanceUid}
      {...attributes}
      onDragOver={(event) => readDraggedSeries(event.dataTransfer) !== undefined && event.preventDefault()}
      onDrop={onDrop}
    >
      <div
        ref={element}
        role="application"
        aria-label={text.help}
        className={`viewer-stage viewer-tool-${tool} ${isBlank ? 'viewer-stage-blank' : ''}`}
        {...pointer.handlers}
      />
      {props.hasGraphics && isDrawn && drawn.overlays.length > 0 && shownCanvas ? (
        <OverlayLayer layer={graphics} drawn={drawn} width={shownCanvas.width} height={shownCanvas.height} />
      ) : null}
      <MarkLayer marks={layered} />
      {isDrawn && isActive && pointer.crosshair ? <Crosshair at={pointer.crosshair} /> : null}
      {props.hasOverlay && corners && !isBlank ? (
        <PaneOverlay words={corners} edges={edges} isPrior={owner?.isPrior ?? false} />
      ) : null}
      {pointer.isMagnifying && pointer.pointer ? (
        <Magnifier viewport={viewport.current} graphics={graphics.current} at={pointer.pointer} />
      ) : null}
      {state.kind === 'loading' ? <Spin className="viewer-spin" description={text.loading} /> : null}
      {state.kind === 'empty' ? (
        <Empty
          className="viewer-empty"
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={props.emptyWords.map((line) => <div key={line}>{line}</div>)}
        />
      ) : null}
      {state.kind === 'failed' ? (
        <div className="viewer-failed">
          <FailureAlert error={state.error} onRetry={again} />
        </div>
      ) : null}
      {cine.isOpen && !isBlank ? (
        <CineBar cine={cine} index={index} count={count} onIndex={(to) => desk.scroll(pane, () => to)} />
      ) : null}
    </section>
  )
}
