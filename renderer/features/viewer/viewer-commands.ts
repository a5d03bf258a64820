import { presetsFor, type WindowChoice, windowPresets } from './image-window.ts'
import type { ViewerAction } from './keymap.ts'
import type { Viewer } from './use-viewer.ts'
import type { Viewport } from './viewport.ts'

type Others = { readonly takeKeyImage: () => void; readonly showHelp: () => void }

export type ViewerCommands = ReturnType<typeof viewerCommands>

const windowOf = (view: Viewport, choice: WindowChoice) => {
  if (choice === 'file') return view.fileWindow()
  return choice === 'auto' ? view.fullWindow() : windowPresets[choice]
}

/** What keys, buttons and the menu do: to the active viewport, and to those that go with it. */
export function viewerCommands(viewer: Viewer, { takeKeyImage, showHelp }: Others) {
  const { desk, grid, change, setTool, marks } = viewer
  const forEach = (act: (view: Viewport) => void) => {
    for (const view of desk.linked(grid.active)) act(view)
  }
  const scroll = (to: (index: number, count: number) => number) => desk.scroll(grid.active, to)
  const choose = (choice: WindowChoice) =>
    forEach((view) => {
      const window = windowOf(view, choice)
      if (window) view.setWindow(window)
    })
  const preset = (at: number) => () => {
    const choice = presetsFor(viewer.series?.modality ?? '')[at]
    if (choice) choose(choice)
  }
  const cancel = () => {
    if (!viewer.active()?.cancel()) setTool('window')
  }
  const actions: Readonly<Record<ViewerAction, () => void>> = {
    'window-tool': () => setTool('window'),
    'zoom-tool': () => setTool('zoom'),
    'pan-tool': () => setTool('pan'),
    'length-tool': () => setTool('length'),
    'zoom-in': () => forEach((view) => view.zoomBy(1.2)),
    'zoom-out': () => forEach((view) => view.zoomBy(1 / 1.2)),
    fit: () => forEach((view) => view.fit()),
    'rotate-right': () => forEach((view) => view.rotate(90)),
    'rotate-left': () => forEach((view) => view.rotate(-90)),
    'flip-horizontal': () => forEach((view) => view.flip('hflip')),
    'flip-vertical': () => forEach((view) => view.flip('vflip')),
    invert: () => forEach((view) => view.invert()),
    cine: () => viewer.active()?.toggleCine(),
    'previous-image': () => scroll((index) => index - 1),
    'next-image': () => scroll((index) => index + 1),
    'first-image': () => scroll(() => 0),
    'last-image': () => scroll((_, count) => count - 1),
    'previous-viewport': () => change({ kind: 'turn', by: -1 }),
    'next-viewport': () => change({ kind: 'turn', by: 1 }),
    'previous-series': () => change({ kind: 'series', by: -1 }),
    'next-series': () => change({ kind: 'series', by: 1 }),
    maximise: () => desk.maximise(grid.active),
    reset: () => forEach((view) => view.reset()),
    cancel,
    'delete-mark': () => viewer.active()?.deleteChosen(),
    undo: () => marks.change({ kind: 'undo' }),
    redo: () => marks.change({ kind: 'redo' }),
    'preset-1': preset(0),
    'preset-2': preset(1),
    'preset-3': preset(2),
    'preset-4': preset(3),
    'preset-5': preset(4),
    'key-image': takeKeyImage,
    overlay: viewer.toggleOverlay,
    graphics: viewer.toggleGraphics,
    help: showHelp,
  }
  return { run: (action: ViewerAction) => actions[action](), chooseWindow: choose }
}
