import { Button, Dropdown, Tooltip } from 'antd'
import { useText } from '../../text/use-text.tsx'
import { type WindowPreset, windowPresets } from './image-window.ts'
import type { Viewer } from './use-viewer.ts'

/** Hounsfield windows mean something on CT only. */
const presets = Object.keys(windowPresets) as WindowPreset[]

export function ViewerToolbar({ viewer }: { readonly viewer: Viewer }) {
  const text = useText().viewer
  const { viewport, state, drawn, series } = viewer
  const disabled = state.kind !== 'shown'
  const setWindow = (window: { width: number; center: number } | undefined) => {
    if (window) viewport.current?.setWindow(window)
  }
  return (
    <div className="viewer-toolbar">
      <Dropdown
        trigger={['click']}
        disabled={disabled}
        menu={{
          items: [
            { key: 'file', label: text.fileWindow, onClick: () => setWindow(viewport.current?.fileWindow()) },
            { key: 'auto', label: text.autoWindow, onClick: () => setWindow(viewport.current?.fullWindow()) },
            ...(series?.modality === 'CT'
              ? presets.map((key) => ({ key, label: text[key], onClick: () => setWindow(windowPresets[key]) }))
              : []),
          ],
        }}
      >
        <Button size="small">{text.windowPreset}</Button>
      </Dropdown>
      <Button
        size="small"
        disabled={disabled}
        aria-pressed={drawn?.inverted ?? false}
        onClick={() => viewport.current?.invert()}
      >
        {text.invert}
      </Button>
      <Button size="small" disabled={disabled} onClick={() => viewport.current?.rotate(90)}>
        {text.rotate}
      </Button>
      <Button size="small" disabled={disabled} onClick={() => viewport.current?.flip('hflip')}>
        {text.flip}
      </Button>
      <Button size="small" disabled={disabled} onClick={() => viewport.current?.fit()}>
        {text.fit}
      </Button>
      <Button size="small" disabled={disabled} onClick={() => viewport.current?.reset()}>
        {text.reset}
      </Button>
      <Tooltip title={text.help} placement="bottomRight">
        <span className="viewer-help">{text.help}</span>
      </Tooltip>
    </div>
  )
}
