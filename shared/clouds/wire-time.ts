/**
 * 'YYYY-MM-DD hh:mm:ss', 24 hours, as both clouds write a time. The provincial document's type column says DT15 and D8, which are other
 * shapes; its rules column holds, for the birthday too (its time is 00:00:00).
 */
export function isWireTime(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const parts = /^(\d{4}-\d{2}-\d{2}) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.exec(value)
  if (!parts?.[1]) return false
  const day = new Date(`${parts[1]}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(parts[1])
}

/** A device's time as the clouds take it: the leap second that DICOM allows (PS3.5 6.2, TM 'SS' up to 60) is its last second. */
export function wireTimeOf(deviceTime: string): string | undefined {
  return deviceTime.trim() === '' ? undefined : deviceTime.replace(/:60$/, ':59')
}
