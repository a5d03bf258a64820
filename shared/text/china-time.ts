/** China has one zone, UTC+8, without summer time since 1992. The machine's own zone plays no part here. */
const chinaOffset = 8 * 60 * 60 * 1000
const day = 24 * 60 * 60 * 1000

function chinaIso(epochMs: number): string {
  return new Date(epochMs + chinaOffset).toISOString()
}

/** 'yyyy-MM-dd HH:mm:ss'. */
export function chinaDateTime(epochMs: number): string {
  return chinaIso(epochMs).slice(0, 19).replace('T', ' ')
}

/** 'yyyy-MM-dd'. */
export function chinaDay(epochMs: number): string {
  return chinaIso(epochMs).slice(0, 10)
}

/** 'yyyyMMdd', also a DICOM DA. */
export function chinaCompactDay(epochMs: number): string {
  return chinaDay(epochMs).replaceAll('-', '')
}

/** 'HHmmss', also a DICOM TM. */
export function chinaCompactTime(epochMs: number): string {
  return chinaIso(epochMs).slice(11, 19).replaceAll(':', '')
}

/** The midnight in China that begins the day of this moment, epoch milliseconds. */
export function startOfChinaDay(epochMs: number): number {
  return Math.floor((epochMs + chinaOffset) / day) * day - chinaOffset
}

/** Back from 'yyyy-MM-dd HH:mm:ss' or 'yyyy-MM-dd' (its midnight) to epoch milliseconds; undefined where that is no date. */
export function readChinaTime(text: string): number | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}))?$/.exec(text)
  if (!parts) return undefined
  const epochMs = Date.parse(`${parts[1]}T${parts[2] ?? '00:00:00'}+08:00`)
  if (Number.isNaN(epochMs) || chinaDay(epochMs) !== parts[1]) return undefined
  return epochMs
}
