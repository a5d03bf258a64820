import { useText } from '../../text/use-text.tsx'
import { FrameThumbnail } from './frame-thumbnail.tsx'
import type { ImageSeries } from './image-stack.ts'
import { ObjectStrip } from './object-strip.tsx'
import type { OtherObject } from './other-objects.ts'
import type { Viewer } from './use-viewer.ts'

/** A series of a few pictures shows each of them; a long one only its first. */
const eachUpTo = 4

export function SeriesStrip({
  allSeries,
  objects,
  viewer,
}: {
  readonly allSeries: readonly ImageSeries[]
  readonly objects: readonly OtherObject[]
  readonly viewer: Viewer
}) {
  const text = useText().viewer
  const entries = allSeries.flatMap((series) => {
    const shown = series.images.length <= eachUpTo ? series.images : series.images.slice(0, 1)
    return shown.map((image, at) => ({ series, image, at, whole: shown.length < series.images.length }))
  })
  return (
    <nav className="series-strip" aria-label={text.series}>
      {entries.map(({ series, image, at, whole }) => {
        const current = viewer.series === series && (whole || viewer.index === at)
        const label = `${text.seriesOf(series.number, series.description)} ${text.image(at + 1, series.images.length)}`
        return (
          <button
            type="button"
            key={`${image.instanceId}/${image.frame}`}
            className={current ? 'series-choice series-choice-current' : 'series-choice'}
            aria-pressed={current}
            title={label}
            onClick={() => viewer.chooseSeries(series.seriesInstanceUid, at)}
          >
            <FrameThumbnail instanceId={image.instanceId} frame={image.frame} label={label} width={76} height={64} />
            <span className="mono">{whole ? `×${series.images.length}` : `${series.number || '·'}-${at + 1}`}</span>
          </button>
        )
      })}
      <ObjectStrip objects={objects} />
    </nav>
  )
}
