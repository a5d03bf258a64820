import type { FrameHead } from '../../../shared/api/views.ts'
import type { Dictionary } from '../../text/dictionary.ts'
import type { CornerWords } from './draw-picture.ts'
import type { ImageFacts } from './image-facts.ts'
import type { ImageSeries } from './image-stack.ts'
import type { Probe } from './probe.ts'
import type { ViewportState } from './viewport.ts'

/** Who is seen, as it stands in the corner: of the exam itself, or of an earlier one. */
export type SeriesOwner = { readonly lines: readonly string[]; readonly isPrior: boolean }

type Shown = {
  readonly owner: SeriesOwner | undefined
  readonly series: ImageSeries
  readonly index: number
  readonly facts: ImageFacts | undefined
  readonly head: FrameHead | undefined
  readonly drawn: ViewportState | undefined
  readonly probe: Probe | undefined
  readonly unit: string
}

/** Values of an ADC map are thousandths: two digits that count stay in any case. */
const whole = (value: number) => {
  if (Math.abs(value) >= 10) return Math.round(value)
  return Number(Math.abs(value) < 0.1 ? value.toPrecision(2) : value.toFixed(2))
}

/** A part of the body that nobody has twice is 'U', which tells a reader nothing. */
const sideOf = (head: FrameHead | undefined) => (head?.laterality === 'U' ? undefined : head?.laterality)

export function cornerWords(shown: Shown, words: Dictionary['viewer']): CornerWords {
  const { owner, series, index, facts, head, drawn, probe, unit } = shown
  return {
    topLeft: owner?.lines ?? [],
    topRight: [
      facts?.institution ?? '',
      facts?.takenAt ?? '',
      [words.seriesOf(series.number, series.description), head?.viewPosition, sideOf(head)].filter(Boolean).join(' '),
    ].filter(Boolean),
    bottomLeft: probe ? [words.value(probe.x, probe.y, `${probe.value}${unit}`)] : [],
    bottomRight: [
      ...(drawn
        ? [
            words.widthCenter(whole(drawn.window.width), whole(drawn.window.center)),
            words.zoom(Math.round(drawn.zoom * 100)),
          ]
        : []),
      words.image(index + 1, series.images.length),
    ],
  }
}
