import type { PaneContent } from './viewer-layout.ts'

const type = 'application/x-viewer-series'

export function writeDraggedSeries(transfer: DataTransfer, { series, index }: PaneContent): void {
  transfer.effectAllowed = 'copy'
  transfer.setData(type, `${index}/${series}`)
}

/** While it hovers only the type can be read; what comes out then is not to be placed. */
export function readDraggedSeries(transfer: DataTransfer): PaneContent | undefined {
  if (!transfer.types.includes(type)) return undefined
  const [index = '0', series = ''] = transfer.getData(type).split('/')
  return { series, index: Number(index) }
}
