import { createContext, useContext } from 'react'
import type { Mark, MarkKind } from './marks.ts'
import type { MarksChange } from './marks-history.ts'
import type { PaneContent } from './viewer-layout.ts'
import type { Viewport } from './viewport.ts'

/** What the left button does. */
export type Tool = 'window' | 'pan' | 'zoom' | 'magnifier' | MarkKind

/** What a viewport can be told by a key or a button, whatever it shows. */
export type PaneHandle = {
  readonly viewport: () => Viewport | undefined
  readonly toggleCine: () => void
  /** Leaves the choice, and what is being drawn or moved; answers whether something was begun and not finished. */
  readonly cancel: () => boolean
  readonly deleteChosen: () => boolean
  /** A key for the crosshair, as comboOf names it; answers whether it was one. */
  readonly steer: (combo: string) => boolean
  /** What is on the screen with its marks; `corners`: with what stands in its corners. */
  readonly picture: (corners: boolean) => HTMLCanvasElement | undefined
}

/** What the toolbar shows of the active viewport. */
export type PaneReport = {
  readonly state: 'empty' | 'loading' | 'shown' | 'failed'
  readonly inverted: boolean
  readonly playing: boolean
}

/** How a viewport tells the viewer. The functions stay the same for as long as the viewer lives. */
export type ViewerDesk = {
  readonly activate: (pane: number) => void
  readonly scroll: (pane: number, to: (index: number, count: number) => number) => void
  readonly place: (pane: number, content: PaneContent) => void
  readonly maximise: (pane: number) => void
  /** This viewport, and those that go with it. */
  readonly linked: (pane: number) => readonly Viewport[]
  readonly changeMarks: (change: MarksChange) => void
  /** A mark whose words or length a person still has to give. */
  readonly ask: (question: { readonly picture: string; readonly mark: Mark }) => void
  readonly openMenu: (pane: number, at: { readonly x: number; readonly y: number }) => void
  readonly register: (pane: number, handle: PaneHandle | undefined) => void
  readonly report: (pane: number, report: PaneReport) => void
  /** The active viewport's facts stand at the viewer too, for tests and for support. */
  readonly describe: (pane: number, attributes: Readonly<Record<string, string | undefined>>) => void
}

export const ViewerContext = createContext<ViewerDesk | undefined>(undefined)

export function useViewerDesk(): ViewerDesk {
  const desk = useContext(ViewerContext)
  if (!desk) throw new Error('no viewer around the viewport')
  return desk
}
