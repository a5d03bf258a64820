import type { ImageSeries } from './image-stack.ts'
import { fillPanes, type Layout, type PaneContent, type Panes, paneCount } from './viewer-layout.ts'

export type Grid = {
  readonly layout: Layout
  readonly panes: Panes
  readonly active: number
  /** The active viewport alone, the others wait behind it. */
  readonly isMaximised: boolean
}

export type GridChange =
  | { readonly kind: 'layout'; readonly layout: Layout }
  | { readonly kind: 'activate'; readonly pane: number }
  /** To the next viewport or the one before, around. */
  | { readonly kind: 'turn'; readonly by: 1 | -1 }
  | { readonly kind: 'place'; readonly pane: number; readonly content: PaneContent }
  | { readonly kind: 'series'; readonly by: 1 | -1 }
  | { readonly kind: 'maximise'; readonly pane: number }
  | {
      readonly kind: 'scroll'
      readonly pane: number
      readonly to: (index: number, count: number) => number
      /** Where another series stands then; absent: it stays. */
      readonly follow?: ((from: PaneContent, other: PaneContent) => number) | undefined
    }

export const beginGrid = (layout: Layout): Grid => ({ layout, panes: [], active: 0, isMaximised: false })

/** The grid as it is with the series that are there now. */
export function gridWith(grid: Grid, allSeries: readonly ImageSeries[]): Grid {
  return { ...grid, panes: fillPanes(grid.panes, grid.layout, allSeries) }
}

const countIn = (allSeries: readonly ImageSeries[], uid: string | undefined) =>
  allSeries.find(({ seriesInstanceUid }) => seriesInstanceUid === uid)?.images.length ?? 0

const within = (index: number, count: number) => Math.max(0, Math.min(count - 1, index))

export function changeGrid(before: Grid, change: GridChange, allSeries: readonly ImageSeries[]): Grid {
  const grid = gridWith(before, allSeries)
  switch (change.kind) {
    case 'layout': {
      const count = paneCount(change.layout)
      // What was looked at stays, also where there are fewer viewports than before.
      const chosen = grid.panes[grid.active]
      const isLost = grid.active >= count
      const panes = isLost && chosen ? [chosen, ...grid.panes.slice(1, count)] : grid.panes.slice(0, count)
      return { layout: change.layout, panes, active: isLost ? 0 : grid.active, isMaximised: false }
    }
    case 'activate':
      return { ...grid, active: change.pane }
    case 'turn': {
      const count = paneCount(grid.layout)
      return { ...grid, active: (grid.active + change.by + count) % count }
    }
    case 'place':
      return { ...grid, active: change.pane, panes: grid.panes.with(change.pane, change.content) }
    case 'series': {
      const at = allSeries.findIndex(({ seriesInstanceUid }) => seriesInstanceUid === grid.panes[grid.active]?.series)
      const next = allSeries[within(at + change.by, allSeries.length)]
      if (!next || next.seriesInstanceUid === grid.panes[grid.active]?.series) return grid
      return { ...grid, panes: grid.panes.with(grid.active, { series: next.seriesInstanceUid, index: 0 }) }
    }
    case 'maximise':
      return { ...grid, active: change.pane, isMaximised: !grid.isMaximised && paneCount(grid.layout) > 1 }
    case 'scroll': {
      const from = grid.panes[change.pane]
      if (!from) return grid
      const count = countIn(allSeries, from.series)
      const moved = { ...from, index: within(change.to(from.index, count), count) }
      if (moved.index === from.index) return grid
      const panes = grid.panes.map((pane, at) => {
        if (at === change.pane) return moved
        if (!pane || !change.follow) return pane
        return { ...pane, index: within(change.follow(moved, pane), countIn(allSeries, pane.series)) }
      })
      return { ...grid, panes }
    }
  }
}
