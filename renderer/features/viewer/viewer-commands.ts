import type { Dictionary } from '../../text/dictionary.ts'
import type { ViewerAction } from './keymap.ts'
import type { Viewer } from './use-viewer.ts'
import type { Viewport } from './viewport.ts'
import { presetsFor, type WindowChoice, windowOfChoice } from './window-presets.ts'

type Others = {
  readonly takeKeyImage: () => void
  readonly showHelp: () => void
  /** Why a key does nothing. */
  readonly say: (words: string) => void
  readonly text: Dictionary['viewer']
}

export type ViewerCommands = ReturnType<typeof viewerCommands>

/** What keys, buttons and the menu do: to the active viewport, and to those that go with it. */
export function viewerCommands(viewer: Viewer, { takeKeyImage, showHelp, say, text }: Others) {
  const { desk, grid, change, setTool, marks } = viewer
  const forEach = (act: (view: Viewport) => void) => {
    for (const view of desk.linked(grid.active)) act(view)
  }
  const scroll = (to: (index: number, count: number) => number) => desk.scroll(grid.active, to)
  const choose = (choice: WindowChoice) =>
    forEach((view) => {
      const own = view.ownWindows()
      if (choice === 'file') view.restoreWindow()
      else if (own) view.setWindow(windowOfChoice(choice, own))
    })
  const preset = (at: number) => () => {
    if (viewer.report.state !== 'shown') return say(text.noWindow)
    const presets = presetsFor(viewer.series?.modality ?? '')
    const choice = presets[at]
    if (choice) choose(choice)
    else say(text.noSuchPreset(at + 1, presets.length))
  }
  const playOrStop = () => {
    if ((viewer.series?.images.length ?? 0) < 2) say(text.nothingToPlay)
    else viewer.active()?.toggleCine()
  }
  const deleteMark = () => {
    if (!viewer.active()?.deleteChosen()) say(text.nothingToDelete)
  }
  /** Drops what was begun and not finished; else the left button windows again. */
  const cancel = () => {
    if (!viewer.active()?.cancel()) setTool('window')
  }
  const actions: Readonly<Record<ViewerAction, () => void>> = {
    'window-tool': () => setTool('window'),
    'zoom-tool': () => setTool('zoom'),
    'pan-tool': () => setTool('pan'),
    'length-tool': () => setTool('length'),
    'angle-tool': () => setTool('angle'),
    'cobb-tool': () => setTool('cobb'),
    'ctr-tool': () => setTool('ctr'),
    'rectangle-tool': () => setTool('rectangle'),
    'ellipse-tool': () => setTool('ellipse'),
    'probe-tool': () => setTool('probe'),
    'arrow-tool': () => setTool('arrow'),
    'text-tool': () => setTool('text'),
    'calibration-tool': () => setTool('calibration'),
    'magnifier-tool': () => setTool('magnifier'),
    'zoom-in': () => forEach((view) => view.zoomBy(1.2)),
    'zoom-out': () => forEach((view) => view.zoomBy(1 / 1.2)),
    fit: () => forEach((view) => view.fit()),
    'rotate-right': () => forEach((view) => view.rotate(90)),
    'rotate-left': () => forEach((view) => view.rotate(-90)),
    'flip-horizontal': () => forEach((view) => view.flip('hflip')),
    'flip-vertical': () => forEach((view) => view.flip('vflip')),
    invert: () => forEach((view) => view.invert()),
    cine: playOrStop,
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
    'delete-mark': deleteMark,
    undo: () => marks.change({ kind: 'undo' }),
    redo: () => marks.change({ kind: 'redo' }),
    'preset-1': preset(0),
    'preset-2': preset(1),
    'preset-3': preset(2),
    'preset-4': preset(3),
    'preset-5': preset(4),
    'preset-6': preset(5),
    'preset-7': preset(6),
    'preset-8': preset(7),
    'key-image': takeKeyImage,
    overlay: viewer.toggleOverlay,
    graphics: viewer.toggleGraphics,
    help: showHelp,
  }
  return { run: (action: ViewerAction) => actions[action](), chooseWindow: choose }
}
