import { StarFilled } from '@ant-design/icons'
import { useText } from '../../text/use-text.tsx'
import { FrameThumbnail } from './frame-thumbnail.tsx'
import type { ImageSeries } from './image-stack.ts'
import { ObjectStrip } from './object-strip.tsx'
import type { OtherObject } from './other-objects.ts'
import { writeDraggedSeries } from './series-drag.ts'
import type { KeyImages } from './use-key-images.ts'
import type { Viewer } from './use-viewer.ts'

/** A series of a few pictures shows each of them; a long one only its first. */
const eachUpTo = 4

type Props = {
  readonly ownSeries: readonly ImageSeries[]
  readonly priorSeries: readonly ImageSeries[]
  readonly priorWords: string
  readonly objects: readonly OtherObject[]
  readonly examId: string
  readonly viewer: Viewer
  readonly keyImages: KeyImages
}

export function SeriesStrip({ ownSeries, priorSeries, priorWords, objects, examId, viewer, keyImages }: Props) {
  const text = useText().viewer
  const { grid, desk } = viewer
  const entriesFrom = (list: readonly ImageSeries[]) =>
    list.flatMap((series) => {
      const shown = series.images.length <= eachUpTo ? series.images : series.images.slice(0, 1)
      return shown.map((image, at) => ({ series, image, at, whole: shown.length < series.images.length }))
    })
  const choices = (list: readonly ImageSeries[]) =>
    entriesFrom(list).map(({ series, image, at, whole }) => {
      const { seriesInstanceUid: uid, images } = series
      const isIn = (pane: (typeof grid.panes)[number]) => pane?.series === uid && (whole || pane.index === at)
      const current = isIn(grid.panes[grid.active])
      const content = { series: uid, index: at }
      const isKey = whole ? images.some(keyImages.isKey) : keyImages.isKey(image)
      const label = `${text.seriesOf(series.number, series.description)} ${text.image(at + 1, images.length)}`
      return (
        <button
          type="button"
          key={`${image.instanceId}/${image.frame}`}
          className={`series-choice ${current ? 'series-choice-current' : ''} ${grid.panes.some(isIn) ? 'series-choice-shown' : ''}`}
          aria-pressed={current}
          title={isKey ? `${label} · ${text.isKeyImage}` : label}
          draggable
          onDragStart={(event) => writeDraggedSeries(event.dataTransfer, content)}
          onClick={() => desk.place(grid.active, content)}
        >
          <FrameThumbnail instanceId={image.instanceId} frame={image.frame} label={label} width={76} height={64} />
          <span className="mono">{whole ? `×${images.length}` : `${series.number || '·'}-${at + 1}`}</span>
          {isKey ? <StarFilled className="key-star" aria-label={text.isKeyImage} /> : null}
        </button>
      )
    })
  return (
    <nav className="series-strip" aria-label={text.series}>
      {choices(ownSeries)}
      <ObjectStrip objects={objects} examId={examId} />
      {priorSeries.length > 0 ? <p className="strip-heading">{priorWords}</p> : null}
      {choices(priorSeries)}
    </nav>
  )
}
