import type { ImageSeries } from './image-stack.ts'

export const layouts = ['1x1', '1x2', '2x1', '2x2', '3x3'] as const
/** Rows by columns. */
export type Layout = (typeof layouts)[number]

export type GridSize = { readonly rows: number; readonly columns: number }

export function sizeOfLayout(layout: Layout): GridSize {
  const [rows = 1, columns = 1] = layout.split('x').map(Number)
  return { rows, columns }
}

export const paneCount = (layout: Layout): number => {
  const { rows, columns } = sizeOfLayout(layout)
  return rows * columns
}

/** What a viewport shows; a series that went away leaves it empty. */
export type PaneContent = { readonly series: string; readonly index: number }
export type Panes = readonly (PaneContent | undefined)[]

/** Slices are leafed through; projections and single pictures lie side by side. */
const stacks = new Set(['CT', 'MR', 'PT'])
const mostSingles = 9

/** What there is to be laid out, in the order in which people look at it: each picture of a short series, a long series as one. */
export function entriesOf(allSeries: readonly ImageSeries[]): readonly PaneContent[] {
  return allSeries.flatMap(({ seriesInstanceUid: series, modality, images }) => {
    const isOneFilm = images.length > 1 && images.every(({ instanceId }) => instanceId === images[0]?.instanceId)
    if (stacks.has(modality) || isOneFilm || images.length > mostSingles) return [{ series, index: 0 }]
    return images.map((_, index) => ({ series, index }))
  })
}

/** Keeps what is shown and puts what comes next into the viewports that are empty. */
export function fillPanes(panes: Panes, layout: Layout, allSeries: readonly ImageSeries[]): Panes {
  const lengths = new Map(allSeries.map((series) => [series.seriesInstanceUid, series.images.length]))
  const entries = entriesOf(allSeries)
  const bySeries = Map.groupBy(entries, ({ series }) => series)
  const isShown = ({ series, index }: PaneContent, list: Panes) =>
    list.some((pane) => pane?.series === series && (pane.index === index || bySeries.get(series)?.length === 1))
  const kept = Array.from({ length: paneCount(layout) }, (_, at) => {
    const pane = panes[at]
    const images = pane && lengths.get(pane.series)
    return pane && images ? { ...pane, index: Math.min(pane.index, images - 1) } : undefined
  })
  return kept.reduce<Panes>((list, pane, at) => {
    if (pane) return list
    const before = list.slice(0, at).findLast((one) => one !== undefined)
    const after = entries.findIndex(({ series, index }) => series === before?.series && index === before.index)
    const next = [...entries.slice(after + 1), ...entries.slice(0, after + 1)].find((entry) => !isShown(entry, list))
    return next ? list.with(at, next) : list
  }, kept)
}
