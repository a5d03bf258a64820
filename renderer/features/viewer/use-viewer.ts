import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { ImageSeries } from './image-stack.ts'
import { type Levels, linkedIndex } from './link-scroll.ts'
import { useMarks } from './use-marks.ts'
import { type FactsOf, useSeriesFacts } from './use-series-facts.ts'
import type { PaneHandle, PaneReport, Tool, ViewerDesk } from './viewer-context.ts'
import { beginGrid, changeGrid, type GridChange, gridWith } from './viewer-grid.ts'
import type { Layout, PaneContent } from './viewer-layout.ts'

type Setup = {
  readonly allSeries: readonly ImageSeries[]
  readonly layout: Layout
  readonly isWide: boolean
  readonly onWide: (isWide: boolean) => void
}

export type MenuPlace = { readonly x: number; readonly y: number }
export type MarkQuestion = Parameters<ViewerDesk['ask']>[0]

const noReport: PaneReport = { state: 'empty', inverted: false, playing: false }

const linkedSeries = (series: ImageSeries | undefined, factsOf: FactsOf) => ({
  count: series?.images.length ?? 0,
  placeOf: (index: number) => factsOf(series?.images[index])?.place,
})

function levelsOf(levels: ReadonlyMap<string, number> | undefined, from: string, to: string): Levels | undefined {
  const [one, other] = [levels?.get(from), levels?.get(to)]
  return one === undefined || other === undefined ? undefined : { from: one, to: other }
}

/** Which viewport shows which picture, what the left button does, and what is drawn: all that viewports have in common. */
export function useViewer({ allSeries, layout, isWide, onWide }: Setup) {
  const newest = useRef({
    allSeries,
    factsOf: (() => undefined) as FactsOf,
    linkScroll: false,
    linkView: false,
    widen: () => false,
  })
  const [raw, change] = useReducer(
    (before: ReturnType<typeof beginGrid>, asked: GridChange) => changeGrid(before, asked, newest.current.allSeries),
    layout,
    beginGrid,
  )
  newest.current.allSeries = allSeries
  const grid = useMemo(() => gridWith(raw, allSeries), [raw, allSeries])
  const [tool, setTool] = useState<Tool>('window')
  const [hasOverlay, setOverlay] = useState(true)
  const [hasGraphics, setGraphics] = useState(true)
  const [linkScroll, setLinked] = useState(false)
  /** Of each series the image at which it stood when a person let them go together. */
  const levels = useRef<ReadonlyMap<string, number>>(undefined)
  const setLinkScroll = useCallback((isLinked: boolean, from?: ReadonlyMap<string, number>) => {
    levels.current = isLinked ? from : undefined
    setLinked(isLinked)
  }, [])
  const [linkView, setLinkView] = useState(false)
  const [reports, setReports] = useState<Readonly<Record<number, PaneReport>>>({})
  const [question, setQuestion] = useState<MarkQuestion>()
  const [menuAt, setMenuAt] = useState<MenuPlace>()
  const element = useRef<HTMLElement>(null)
  const handles = useRef(new Map<number, PaneHandle>())
  const marks = useMarks(allSeries)
  const shownUids = grid.panes.map((pane) => pane?.series).join('\n')
  const shown = useMemo(
    () => allSeries.filter(({ seriesInstanceUid }) => shownUids.split('\n').includes(seriesInstanceUid)),
    [allSeries, shownUids],
  )
  const factsOf = useSeriesFacts(shown)
  /** The only viewport grows by taking the whole page. */
  const widen = () => {
    const isAlone = isWide || grid.layout === '1x1'
    if (isAlone) onWide(!isWide)
    return isAlone
  }
  Object.assign(newest.current, { factsOf, linkScroll, linkView, widen })

  const follow = useCallback((from: PaneContent, other: PaneContent) => {
    const seriesOf = (uid: string) => newest.current.allSeries.find((one) => one.seriesInstanceUid === uid)
    const { factsOf: facts } = newest.current
    return linkedIndex(
      linkedSeries(seriesOf(from.series), facts),
      from.index,
      linkedSeries(seriesOf(other.series), facts),
      levelsOf(levels.current, from.series, other.series),
    )
  }, [])

  const { change: changeMarks } = marks
  const desk = useMemo<ViewerDesk>(
    () => ({
      activate: (pane) => change({ kind: 'activate', pane }),
      scroll: (pane, to) =>
        change({ kind: 'scroll', pane, to, follow: newest.current.linkScroll ? follow : undefined }),
      place: (pane, content) => change({ kind: 'place', pane, content }),
      maximise: (pane) => newest.current.widen() || change({ kind: 'maximise', pane }),
      linked(pane) {
        const own = handles.current.get(pane)?.viewport()
        if (!newest.current.linkView) return own ? [own] : []
        return [...handles.current.values()].flatMap((handle) => handle.viewport() ?? [])
      },
      changeMarks,
      ask: setQuestion,
      openMenu: (pane, at) => {
        change({ kind: 'activate', pane })
        setMenuAt(at)
      },
      register(pane, handle) {
        if (handle) handles.current.set(pane, handle)
        else handles.current.delete(pane)
      },
      report: (pane, report) => setReports((all) => ({ ...all, [pane]: report })),
      describe(_, attributes) {
        for (const [name, value] of Object.entries(attributes))
          if (value === undefined) element.current?.removeAttribute(name)
          else element.current?.setAttribute(name, value)
      },
    }),
    [changeMarks, follow],
  )

  useEffect(() => {
    element.current?.setAttribute('data-layout', grid.layout)
  }, [grid.layout])

  const content = grid.panes[grid.active]
  const series = allSeries.find((one) => one.seriesInstanceUid === content?.series)
  return {
    element,
    desk,
    grid,
    change,
    tool,
    setTool,
    hasOverlay,
    toggleOverlay: () => setOverlay((shownNow) => !shownNow),
    hasGraphics,
    toggleGraphics: () => setGraphics((shownNow) => !shownNow),
    linkScroll,
    setLinkScroll,
    /** By hand: what stands side by side now goes on side by side. */
    toggleLinkScroll() {
      const here = grid.panes.flatMap((pane) => (pane ? [[pane.series, pane.index] as const] : []))
      setLinkScroll(!linkScroll, new Map(here))
    },
    linkView,
    setLinkView,
    marks,
    factsOf,
    question,
    endQuestion: () => setQuestion(undefined),
    menuAt,
    closeMenu: () => setMenuAt(undefined),
    series,
    image: series?.images[content?.index ?? 0],
    report: reports[grid.active] ?? noReport,
    active: () => handles.current.get(grid.active),
    /** In the active viewport, where it is one of the pictures that are open. */
    showImage(instanceId: string, frame: number) {
      for (const { seriesInstanceUid, images } of allSeries) {
        const index = images.findIndex((one) => one.instanceId === instanceId && one.frame === frame)
        if (index < 0) continue
        change({ kind: 'place', pane: grid.active, content: { series: seriesInstanceUid, index } })
        return
      }
    },
  }
}

export type Viewer = ReturnType<typeof useViewer>
