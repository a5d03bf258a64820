import type { Dictionary } from '../../text/dictionary.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A length of time in the largest unit or two: '2 天', '1 小时 5 分', '23 分', '40 秒'. */
export function durationWords(milliseconds: number, words: Dictionary['deliveries']): string {
  const length = Math.abs(milliseconds)
  if (length >= 2 * day) return words.day(Math.floor(length / day))
  if (length >= hour) {
    const minutes = Math.floor((length % hour) / minute)
    const hours = words.hour(Math.floor(length / hour))
    return minutes ? `${hours} ${words.minute(minutes)}` : hours
  }
  return length >= minute ? words.minute(Math.floor(length / minute)) : words.second(Math.round(length / 1000))
}
