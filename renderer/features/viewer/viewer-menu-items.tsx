import type { MenuProps } from 'antd'
import type { Dictionary } from '../../text/dictionary.ts'
import { type Keymap, presetActions, shownCombo } from './keymap.ts'
import type { MarkKind } from './marks.ts'
import { ToolIcon } from './tool-icons.tsx'
import type { Viewer } from './use-viewer.ts'
import type { ViewerCommands } from './viewer-commands.ts'
import type { Tool } from './viewer-context.ts'
import { presetsFor, windowOfChoice } from './window-presets.ts'

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

/** The windows of the keys in the order of the keys, then what else the file names. */
export function windowItems(viewer: Viewer, { chooseWindow }: ViewerCommands, keymap: Keymap, text: Words): Items {
  const viewport = viewer.active()?.viewport()
  const own = viewport?.ownWindows()
  const choices = presetsFor(viewer.series?.modality ?? '').map((choice, at) => {
    const window = own && windowOfChoice(choice, own)
    const action = presetActions[at]
    const key = action && keymap[action][0]
    return {
      key: choice,
      label: text.windows[choice],
      extra: [window && `${window.width}/${window.center}`, key && shownCombo(key)].filter(Boolean).join('   '),
      onClick: () => chooseWindow(choice),
    }
  })
  const others = viewport?.head()?.windows?.slice(1) ?? []
  return [
    ...choices,
    ...others.map(({ center, width, explanation }, at) => ({
      key: `own-${at}`,
      label: explanation || text.windows.file,
      extra: `${width}/${center}`,
      onClick: () => {
        for (const view of viewer.desk.linked(viewer.grid.active)) view.setWindow({ width, center })
      },
    })),
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
