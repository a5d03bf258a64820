import { type Logger, pino } from 'pino'

export type Log = Logger

const redacted = [
  'password',
  'token',
  'appSecret',
  'secret',
  'identity',
  'number',
  'idCardNo',
  'phone',
  'authorization',
]

/**
 * The station's log: one JSON object a line. Keys that carry secrets or identity are blanked, and whatever still looks
 * like a resident identity number in any text is masked: a log line is the one thing that leaves the house unasked.
 */
export function createLog(destination: { write(line: string): void } = process.stderr, level = 'info'): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: redacted.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`, `*.*.*.*.${key}`]),
        censor: '***',
      },
    },
    { write: (line: string) => destination.write(maskIdentityNumbers(line)) },
  )
}

/** 17 digits and a check character, not part of a longer number (a DICOM UID has longer runs and dots around). */
const residentNumber =
  /(?<!\d|\d\.)[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d|\.\d)/g

export function maskIdentityNumbers(text: string): string {
  return text.replace(residentNumber, (number) => `${number.slice(0, 3)}***`)
}
