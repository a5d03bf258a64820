import type { MenuProps } from 'antd'
import type { Dictionary } from '../../text/dictionary.ts'
import { presetsFor, windowPresets } from './image-window.ts'
import type { MarkKind } from './marks.ts'
import { ToolIcon } from './tool-icons.tsx'
import type { Viewer } from './use-viewer.ts'
import type { ViewerCommands } from './viewer-commands.ts'
import type { Tool } from './viewer-context.ts'

type Items = NonNullable<MenuProps['items']>
type Words = Dictionary['viewer']

export const leftTools = ['window', 'pan', 'zoom', 'magnifier'] as const satisfies readonly Tool[]
export const measureTools: readonly MarkKind[] = [
  'length',
  'angle',
  'cobb',
  'ctr',
  'rectangle',
  'ellipse',
  'probe',
  'arrow',
  'text',
  'calibration',
]

/** The file's own windows first, then the automatic one, then those for Hounsfield units. */
export function windowItems(viewer: Viewer, { chooseWindow }: ViewerCommands, text: Words): Items {
  const own = viewer.active()?.viewport()?.head()?.windows ?? []
  const presets = presetsFor(viewer.series?.modality ?? '').filter((choice) => choice !== 'file' && choice !== 'auto')
  return [
    { key: 'file', label: text.fileWindow, onClick: () => chooseWindow('file') },
    ...own.slice(1).map(({ center, width, explanation }, at) => ({
      key: `own-${at}`,
      label: `${explanation || text.fileWindow} ${width}/${center}`,
      onClick: () => {
        for (const view of viewer.desk.linked(viewer.grid.active)) view.setWindow({ width, center })
      },
    })),
    { key: 'auto', label: text.autoWindow, onClick: () => chooseWindow('auto') },
    ...presets.map((choice) => {
      const { width, center } = windowPresets[choice as keyof typeof windowPresets]
      return {
        key: choice,
        label: text[choice as 'soft'],
        extra: `${width}/${center}`,
        onClick: () => chooseWindow(choice),
      }
    }),
  ]
}

export function toolItems(tools: readonly Tool[], viewer: Viewer, text: Words): Items {
  return tools.map((tool) => ({
    key: tool,
    label: text.tools[tool],
    icon: <ToolIcon name={tool} />,
    onClick: () => viewer.setTool(tool),
  }))
}
