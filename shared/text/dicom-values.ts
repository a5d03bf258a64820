/** A new UID, PS3.5 B.2: 2.25 and the decimal form of a random UUID. At most 44 of the 64 characters. */
export function newUid(): string {
  return `2.25.${BigInt(`0x${crypto.randomUUID().replaceAll('-', '')}`)}`
}

/** PS3.5 9.1: components of digits without leading zeros, dots between them, at most 64 characters. */
export function isUid(text: string): boolean {
  return text.length <= 64 && /^(0|[1-9]\d*)(\.(0|[1-9]\d*))+$/.test(text)
}

/** True for 'YYYY-MM-DD' that names a day which exists. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const epochMs = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().slice(0, 10) === text
}

/** 'YYYY-MM-DD' to DA 'YYYYMMDD' (PS3.5 6.2); '' stays ''. */
export function daOfDay(day: string): string {
  return day.replaceAll('-', '')
}

/** DA to 'YYYY-MM-DD'; also the dotted form of ACR-NEMA ('1999.12.31'). '' where it is no day. */
export function dayOfDa(da: string): string {
  const parts = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(da.trim())
  const day = parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : ''
  return isCalendarDay(day) ? day : ''
}

/** 'HH:mm:ss' to TM 'HHmmss'; '' stays ''. */
export function tmOfTime(time: string): string {
  return time.replaceAll(':', '')
}

/** TM ('HH', 'HHMM', 'HHMMSS', 'HHMMSS.FFFFFF', with or without colons) to 'HH:mm:ss'. '' where it is no time. */
export function timeOfTm(tm: string): string {
  const parts = /^([01]\d|2[0-3])(?::?([0-5]\d)(?::?([0-5]\d|60)(?:\.\d{1,6})?)?)?$/.exec(tm.trim())
  return parts ? `${parts[1]}:${parts[2] ?? '00'}:${parts[3] ?? '00'}` : ''
}

/** DA and TM to 'YYYY-MM-DD HH:mm:ss', '' without a day. A missing time is midnight. */
export function dateTimeOf(da: string, tm: string): string {
  const day = dayOfDa(da)
  return day && `${day} ${timeOfTm(tm) || '00:00:00'}`
}
