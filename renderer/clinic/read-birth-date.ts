import { isCalendarDay } from '../../shared/text/dicom-values.ts'

/** Staff type 19900501, 1990.5.1 or 1990/05/01; undefined while it is no day. */
export function readBirthDate(text: string): string | undefined {
  const parts = /^\s*(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?\s*$/.exec(text)
  if (!parts) return undefined
  const [, year = '', month = '', day = ''] = parts
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDay(written) ? written : undefined
}
