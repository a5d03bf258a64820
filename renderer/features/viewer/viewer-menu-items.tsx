import type { MenuProps } from 'antd'
import type { Dictionary } from '../../text/dictionary.ts'
import { type Keymap, presetActions, shownCombo, type ViewerAction } from './keymap.ts'
import type { MarkKind } from './marks.ts'
import { ToolIcon } from './tool-icons.tsx'
import type { Viewer } from './use-viewer.ts'
import type { ViewerCommands } from './viewer-commands.ts'
import type { Tool } from './viewer-context.ts'
import { presetsFor, tidy, windowOfChoice } from './window-presets.ts'

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

type ExtraProps = {
  readonly words?: string | undefined
  readonly action: ViewerAction | undefined
  readonly keymap: Keymap
}

/** At the end of a line of a menu: its numbers, and its key as it stands on the keyboard. */
function Extra({ words, action, keymap }: ExtraProps) {
  const key = action && keymap[action][0]
  return (
    <>
      {words}
      {key ? (
        <kbd className="menu-key" aria-hidden>
          {shownCombo(key)}
        </kbd>
      ) : null}
    </>
  )
}

/** Before what is on or off: seen also by who does not tell its colour. */
export function Tick({ isOn }: { readonly isOn: boolean }) {
  return (
    <span className="menu-tick" aria-hidden>
      {isOn ? '✓' : ''}
    </span>
  )
}

/** The windows of the keys in the order of the keys, then what else the file names. */
export function windowItems(viewer: Viewer, { chooseWindow }: ViewerCommands, keymap: Keymap, text: Words): Items {
  const viewport = viewer.active()?.viewport()
  const own = viewport?.ownWindows()
  const choices = presetsFor(viewer.series?.modality ?? '').map((choice, at) => {
    const window = own && windowOfChoice(choice, own)
    const action = presetActions[at]
    return {
      key: choice,
      label: text.windows[choice],
      extra: <Extra words={window && `${tidy(window.width)}/${tidy(window.center)}`} action={action} keymap={keymap} />,
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

export function toolItems(tools: readonly Tool[], viewer: Viewer, keymap: Keymap, text: Words): Items {
  return tools.map((tool) => ({
    key: tool,
    label: text.tools[tool],
    icon: <ToolIcon name={tool} />,
    extra: <Extra action={`${tool}-tool`} keymap={keymap} />,
    onClick: () => viewer.setTool(tool),
  }))
}
