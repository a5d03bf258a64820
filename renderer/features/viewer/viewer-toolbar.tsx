import { DownOutlined, PauseOutlined, PlayCircleOutlined, QuestionOutlined, StarOutlined } from '@ant-design/icons'
import { Button, Dropdown, Popover, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../text/use-text.tsx'
import { pictureKeyOf } from './image-stack.ts'
import { KeyImageList } from './key-image-list.tsx'
import { type Keymap, shownCombo, type ViewerAction } from './keymap.ts'
import { ToolIcon } from './tool-icons.tsx'
import { useExports } from './use-exports.ts'
import { type KeyImages, mostKeyImages } from './use-key-images.ts'
import { type Priors, priorDay } from './use-priors.ts'
import type { Viewer } from './use-viewer.ts'
import type { ViewerCommands } from './viewer-commands.ts'
import { type Layout, layouts, sizeOfLayout } from './viewer-layout.ts'
import { leftTools, measureTools, Tick, toolItems, windowItems } from './viewer-menu-items.tsx'

type Props = {
  readonly viewer: Viewer
  readonly commands: ViewerCommands
  readonly keymap: Keymap
  readonly keyImages: KeyImages
  readonly priors: Priors
  readonly onClosePrior: () => void
  readonly onLayout: (layout: Layout) => void
  readonly onTags: () => void
  readonly examId: string
  readonly accessionNumber: string
}

export function ViewerToolbar(props: Props) {
  const { viewer, commands, keymap, keyImages, priors, onLayout, examId, accessionNumber } = props
  const text = useText().viewer
  const exports = useExports({ viewer, examId, accessionNumber })
  const { tool, report, grid, marks, image } = viewer
  const isShown = report.state === 'shown'
  const current = measureTools.find((one) => one === tool)
  const layoutWords = (layout: Layout) => text.layoutOf(sizeOfLayout(layout).rows, sizeOfLayout(layout).columns)
  const combo = (action: ViewerAction) => keymap[action][0] && ` (${shownCombo(keymap[action][0])})`
  const iconButton = (
    action: ViewerAction,
    label: string,
    icon: ReactNode,
    more: { readonly pressed?: boolean; readonly disabled?: boolean } = {},
  ) => (
    <Tooltip title={`${label}${combo(action) ?? ''}`}>
      <Button
        size="small"
        aria-label={label}
        aria-pressed={more.pressed}
        disabled={more.disabled ?? !isShown}
        icon={icon}
        onClick={() => commands.run(action)}
      />
    </Tooltip>
  )
  // Whoever chose goes on with keys.
  const onClick = () => viewer.element.current?.focus()
  const left = leftTools.find((one) => one === tool) ?? 'window'
  return (
    <div className="viewer-toolbar" role="toolbar" aria-label={text.region}>
      <Dropdown
        autoFocus
        trigger={['click']}
        menu={{ onClick, selectedKeys: [tool], items: toolItems(leftTools, viewer, keymap, text) }}
        disabled={!isShown}
      >
        <Button
          size="small"
          aria-label={`${text.leftButton} ${text.tools[left]}`}
          title={text.tool(text.tools[left])}
          aria-pressed={!current}
        >
          <ToolIcon name={left} />
          <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      <Dropdown
        autoFocus
        trigger={['click']}
        menu={{ onClick, selectedKeys: [tool], items: toolItems(measureTools, viewer, keymap, text) }}
        disabled={!isShown}
      >
        <Button
          size="small"
          aria-pressed={current !== undefined}
          title={current ? text.tool(text.tools[current]) : text.measure}
          data-tool={tool}
        >
          <ToolIcon name={current ?? 'length'} />
          {text.measure}
          <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      <Dropdown
        autoFocus
        trigger={['click']}
        disabled={!isShown}
        destroyOnHidden
        menu={{ onClick, items: windowItems(viewer, commands, keymap, text) }}
      >
        <Button size="small" title={text.windowHint}>
          {text.windowPreset}
        </Button>
      </Dropdown>
      <span className="toolbar-group">
        {iconButton('invert', text.invert, <ToolIcon name="invert" />, { pressed: report.inverted })}
        {iconButton('rotate-right', text.rotate, <ToolIcon name="rotate" />)}
        {iconButton('flip-horizontal', text.flip, <ToolIcon name="flip" />)}
        {iconButton('fit', text.fit, <ToolIcon name="fit" />)}
        {iconButton('reset', text.reset, <ToolIcon name="reset" />)}
        {iconButton('cine', text.cine, report.playing ? <PauseOutlined /> : <PlayCircleOutlined />, {
          disabled: !isShown || (viewer.series?.images.length ?? 0) < 2,
          pressed: report.playing,
        })}
      </span>
      <Dropdown
        autoFocus
        trigger={['click']}
        menu={{
          onClick,
          selectedKeys: [
            grid.layout,
            ...(viewer.linkScroll ? ['link-scroll'] : []),
            ...(viewer.linkView ? ['link-view'] : []),
          ],
          items: [
            ...layouts.map((layout) => ({ key: layout, label: layoutWords(layout), onClick: () => onLayout(layout) })),
            { type: 'divider' },
            {
              key: 'link-scroll',
              icon: <Tick isOn={viewer.linkScroll} />,
              label: text.linkScroll,
              onClick: viewer.toggleLinkScroll,
            },
            {
              key: 'link-view',
              icon: <Tick isOn={viewer.linkView} />,
              label: text.linkView,
              onClick: () => viewer.setLinkView(!viewer.linkView),
            },
          ],
        }}
      >
        <Button
          size="small"
          aria-label={`${text.layout} ${layoutWords(grid.layout)}`}
          title={text.layoutHint}
          data-link-scroll={viewer.linkScroll}
        >
          {layoutWords(grid.layout)}
          <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      {priors.prior ? (
        <Button size="small" aria-pressed onClick={props.onClosePrior}>
          {text.closePrior}
        </Button>
      ) : priors.list.length > 0 ? (
        <Dropdown
          autoFocus
          trigger={['click']}
          menu={{
            onClick,
            items: priors.list.map((prior) => ({
              key: prior.examId,
              label: `${priorDay(prior)} ${prior.itemName}`,
              extra: text.imageCount(prior.imageCount),
              onClick: () => priors.open(prior.examId),
            })),
          }}
        >
          <Button size="small">{`${text.compare} ${priors.list.length}`}</Button>
        </Dropdown>
      ) : null}
      <span className="toolbar-space" />
      {keyImages.mayChange ? iconButton('key-image', text.keyImage, <StarOutlined />) : null}
      <Popover
        trigger="click"
        placement="bottomRight"
        title={text.keyImages}
        content={<KeyImageList keyImages={keyImages} viewer={viewer} />}
      >
        <Button
          size="small"
          aria-label={text.keyImageCount(keyImages.list.length, mostKeyImages)}
          title={text.keyImages}
        >
          {`${keyImages.list.length}/${mostKeyImages}`}
        </Button>
      </Popover>
      <Dropdown
        autoFocus
        trigger={['click']}
        menu={{
          selectedKeys: [...(viewer.hasOverlay ? ['overlay'] : []), ...(viewer.hasGraphics ? ['graphics'] : [])],
          items: [
            { key: 'undo', label: text.undo, disabled: !marks.canUndo, onClick: () => commands.run('undo') },
            { key: 'redo', label: text.redo, disabled: !marks.canRedo, onClick: () => commands.run('redo') },
            {
              key: 'clear',
              label: text.clearMarks,
              onClick: () => image && marks.change({ kind: 'clear', picture: pictureKeyOf(image) }),
            },
            {
              key: 'overlay',
              icon: <Tick isOn={viewer.hasOverlay} />,
              label: text.overlay,
              onClick: () => commands.run('overlay'),
            },
            {
              key: 'graphics',
              icon: <Tick isOn={viewer.hasGraphics} />,
              label: text.graphics,
              onClick: () => commands.run('graphics'),
            },
            { key: 'tags', label: text.tags, disabled: !image, onClick: props.onTags },
            { type: 'divider' },
            {
              key: 'export',
              type: 'group',
              label: text.exportMenu,
              children: [
                { key: 'view', label: text.exportView, disabled: !isShown, onClick: exports.view },
                ...(exports.mayFetch
                  ? [
                      { key: 'file', label: text.exportFile, disabled: !image, onClick: exports.file },
                      { key: 'dicom', label: text.exportDicom, onClick: exports.dicom },
                      { key: 'jpeg', label: text.exportJpeg, onClick: exports.jpeg },
                      { key: 'anonymised', label: text.exportAnonymised, onClick: exports.anonymised },
                    ]
                  : []),
              ],
            },
          ],
        }}
      >
        <Button size="small">{text.more}</Button>
      </Dropdown>
      {iconButton('help', text.shortcuts, <QuestionOutlined />, { disabled: false })}
    </div>
  )
}
