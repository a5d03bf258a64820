import { chinaDateTime, chinaDay } from '../../shared/text/china-time.ts'

/** '14:05' today, '11-20 14:05' this year, '2025-11-20 14:05' before. Clinic time, whatever the computer's zone. */
export function momentWords(at: number, now: number): string {
  const text = chinaDateTime(at).slice(0, 16)
  if (chinaDay(at) === chinaDay(now)) return text.slice(11)
  return text.slice(0, 4) === chinaDay(now).slice(0, 4) ? text.slice(5) : text
}

/** '14:05:33', in clinic time. */
export function chinaClock(at: number): string {
  return chinaDateTime(at).slice(11, 19)
}

export function Moment({ at }: { readonly at: number }) {
  return (
    <time className="mono" dateTime={new Date(at).toISOString()} title={chinaDateTime(at)}>
      {momentWords(at, Date.now())}
    </time>
  )
}
