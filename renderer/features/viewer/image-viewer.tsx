import { Empty, Spin } from 'antd'
import { useMemo, useState } from 'react'
import type { ExamPage } from '../../../shared/api/views.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { seriesOf } from './image-stack.ts'
import { otherObjectsOf } from './other-objects.ts'
import { SeriesStrip } from './series-strip.tsx'
import { useViewer } from './use-viewer.ts'
import { onViewerKey } from './viewer-keys.ts'
import { ViewerOverlay } from './viewer-overlay.tsx'
import { ViewerStage } from './viewer-stage.tsx'
import { ViewerToolbar } from './viewer-toolbar.tsx'
import type { Probe } from './viewport.ts'

type Props = {
  readonly studies: ExamPage['studies']
  readonly patientWords: string
  readonly accessionNumber: string
}

/** The pictures of an exam. Its data attributes say what is shown, for tests and for support. */
export function ImageViewer({ studies, patientWords, accessionNumber }: Props) {
  const text = useText().viewer
  const allSeries = useMemo(() => seriesOf(studies), [studies])
  const objects = useMemo(() => otherObjectsOf(studies), [studies])
  const viewer = useViewer(allSeries)
  const [probe, setProbe] = useState<Probe>()
  const { state, drawn, shownImage } = viewer
  return (
    <section
      className="viewer"
      aria-label={text.region}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys scroll and window the pictures
      tabIndex={0}
      onKeyDown={(event) => onViewerKey(event, viewer)}
      data-image-state={state.kind}
      data-instance-id={shownImage?.instanceId}
      data-frame={shownImage?.frame}
      data-image-index={viewer.index}
      data-image-count={viewer.count}
      data-window-width={drawn?.window.width}
      data-window-center={drawn?.window.center}
      data-zoom={drawn?.zoom}
      data-inverted={drawn?.inverted}
      data-pixel={probe ? `${probe.x},${probe.y}` : undefined}
      data-pixel-value={probe?.value}
    >
      <ViewerToolbar viewer={viewer} />
      <div className="viewer-body">
        {allSeries.length + objects.length > 0 ? (
          <SeriesStrip allSeries={allSeries} objects={objects} viewer={viewer} />
        ) : null}
        <div className="viewer-stage-frame">
          <ViewerStage viewer={viewer} onProbe={setProbe} />
          <ViewerOverlay viewer={viewer} probe={probe} patientWords={patientWords} accessionNumber={accessionNumber} />
          {state.kind === 'loading' ? <Spin className="viewer-spin" description={text.loading} /> : null}
          {state.kind === 'empty' ? (
            <Empty
              className="viewer-empty"
              image={Empty.PRESENTED_IMAGE_SIMPLE}
              description={
                <>
                  {objects.length > 0 ? text.noPictures : text.noImages}
                  <br />
                  {objects.length > 0 ? text.noPicturesHint : text.noImagesHint}
                </>
              }
            />
          ) : null}
          {state.kind === 'failed' ? (
            <div className="viewer-failed">
              <FailureAlert error={state.error} />
            </div>
          ) : null}
        </div>
      </div>
    </section>
  )
}
