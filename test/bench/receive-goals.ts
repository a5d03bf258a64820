import type { ReceiverName } from './bench-receivers.ts'

export type LoadName = 'ct' | 'dr' | 'us' | 'ct-four'
export type NagleName = 'default' | 'nodelay'

/** The medians of several runs. `peak`: megabytes of memory held at most while receiving. */
export type ReceiveFigure = {
  readonly load: LoadName
  readonly nagle: NagleName
  readonly receiver: ReceiverName
  readonly megabytesPerSecond: number
  readonly peak: number | undefined
}

export type SlowDiskFigures = { readonly one: number; readonly four: number }

export type Judgement = {
  readonly goal: string
  readonly verdict: 'met' | 'missed' | 'not measured'
  readonly found: string
}

type Wanted = {
  readonly load: LoadName
  readonly times: number
  readonly than: Exclude<ReceiverName, 'station' | 'bare'>
}

/** What "fast and durable" means for this product, against what clinics could have instead. */
const wanted: readonly Wanted[] = [
  { load: 'ct', times: 2, than: 'orthanc' },
  { load: 'ct', times: 0.55, than: 'storescp' },
  { load: 'dr', times: 3.5, than: 'orthanc' },
  { load: 'us', times: 5, than: 'orthanc' },
  { load: 'ct-four', times: 1.7, than: 'orthanc' },
]
const mostMemory = 150
const fourSendersOnSlowDisk = 2.5

/** Pure: each goal, for each way the sender may treat its small packets. */
export function judgeReceiving(figures: readonly ReceiveFigure[], slow: SlowDiskFigures | undefined): Judgement[] {
  const find = (load: LoadName, nagle: NagleName, receiver: ReceiverName) =>
    figures.find((one) => one.load === load && one.nagle === nagle && one.receiver === receiver)
  const speeds = wanted.flatMap(({ load, times, than }) =>
    (['nodelay', 'default'] as const).map((nagle): Judgement => {
      const ours = find(load, nagle, 'station')?.megabytesPerSecond
      const theirs = find(load, nagle, than)?.megabytesPerSecond
      const ratio = ours !== undefined && theirs !== undefined ? ours / theirs : undefined
      return judge(`${load}, ${nagle}: at least ${times} × ${than}`, ratio, (found) => found >= times, '×')
    }),
  )
  const peaks = figures.flatMap(({ load, receiver, peak }) => (load === 'us' && receiver === 'station' ? [peak] : []))
  const peak = peaks.every((one) => one !== undefined) && peaks.length > 0 ? Math.max(...peaks) : undefined
  return [
    ...speeds,
    judge(`us: at most ${mostMemory} MB of memory while receiving`, peak, (found) => found <= mostMemory, 'MB'),
    judge(
      `ct on a slow disk: four senders at least ${fourSendersOnSlowDisk} × one`,
      slow && slow.four / slow.one,
      (found) => found >= fourSendersOnSlowDisk,
      '×',
    ),
  ]
}

function judge(goal: string, found: number | undefined, isMet: (found: number) => boolean, unit: string): Judgement {
  if (found === undefined) return { goal, verdict: 'not measured', found: '' }
  return { goal, verdict: isMet(found) ? 'met' : 'missed', found: `${found.toFixed(unit === 'MB' ? 0 : 2)} ${unit}` }
}

export function median(values: readonly number[]): number {
  const inOrder = [...values].sort((a, b) => a - b)
  const middle = Math.floor(inOrder.length / 2)
  return inOrder.length % 2 === 1 ? inOrder[middle]! : (inOrder[middle - 1]! + inOrder[middle]!) / 2
}
