import { useText } from '../../text/use-text.tsx'
import type { Viewer } from './use-viewer.ts'
import type { Probe } from './viewport.ts'

type Props = {
  readonly viewer: Viewer
  readonly probe: Probe | undefined
  readonly patientWords: string
  readonly accessionNumber: string
}

export function ViewerOverlay({ viewer, probe, patientWords, accessionNumber }: Props) {
  const text = useText().viewer
  const { series, index, count, drawn } = viewer
  if (!series) return null
  return (
    <>
      <div className="overlay overlay-top-left">
        <span>{patientWords}</span>
        <span className="mono">{accessionNumber}</span>
      </div>
      <div className="overlay overlay-top-right">
        <span>{text.seriesOf(series.number, series.description)}</span>
        <span className="mono">{text.image(index + 1, count)}</span>
      </div>
      <div className="overlay overlay-bottom-left">
        <span className="mono">{probe ? text.value(probe.x, probe.y, probe.value) : ''}</span>
      </div>
      {drawn ? (
        <div className="overlay overlay-bottom-right">
          <span className="mono">
            {text.widthCenter(Math.round(drawn.window.width), Math.round(drawn.window.center))}
          </span>
          <span className="mono">{text.zoom(Math.round(drawn.zoom * 100))}</span>
        </div>
      ) : null}
    </>
  )
}
