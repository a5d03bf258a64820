import { Dropdown } from 'antd'
import { useText } from '../../text/use-text.tsx'
import { pictureKeyOf } from './image-stack.ts'
import type { Keymap } from './keymap.ts'
import type { Viewer } from './use-viewer.ts'
import type { ViewerCommands } from './viewer-commands.ts'
import { leftTools, measureTools, toolItems, windowItems } from './viewer-menu-items.tsx'

type Props = {
  readonly viewer: Viewer
  readonly commands: ViewerCommands
  readonly keymap: Keymap
  readonly onTags: () => void
}

/** What the right button opens where it was not dragged. */
export function ViewerMenu({ viewer, commands, keymap, onTags }: Props) {
  const text = useText().viewer
  const { menuAt, closeMenu, image, marks } = viewer
  if (!menuAt) return null
  const { run } = commands
  return (
    <Dropdown
      open
      autoFocus
      trigger={['click']}
      onOpenChange={(open) => {
        if (open) return
        closeMenu()
        viewer.element.current?.focus()
      }}
      menu={{
        onClick() {
          closeMenu()
          viewer.element.current?.focus()
        },
        items: [
          { key: 'windows', label: text.windowPreset, children: windowItems(viewer, commands, keymap, text) },
          { key: 'left', label: text.leftButton, children: toolItems(leftTools, viewer, keymap, text) },
          { key: 'measure', label: text.measure, children: toolItems(measureTools, viewer, keymap, text) },
          { type: 'divider' },
          { key: 'reset', label: text.reset, onClick: () => run('reset') },
          { key: 'invert', label: text.invert, onClick: () => run('invert') },
          { key: 'rotate-left', label: text.rotateLeft, onClick: () => run('rotate-left') },
          { key: 'flip-vertical', label: text.flipVertical, onClick: () => run('flip-vertical') },
          { key: 'maximise', label: text.maximise, onClick: () => run('maximise') },
          { type: 'divider' },
          { key: 'key', label: text.keyImage, onClick: () => run('key-image') },
          {
            key: 'clear',
            label: text.clearMarks,
            onClick: () => image && marks.change({ kind: 'clear', picture: pictureKeyOf(image) }),
          },
          { key: 'tags', label: text.tags, onClick: onTags },
        ],
      }}
    >
      <span className="menu-place" style={{ left: menuAt.x, top: menuAt.y }} />
    </Dropdown>
  )
}
