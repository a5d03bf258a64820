import { expect, test } from 'vitest'
import { createLog } from '../../electron/station/log.ts'
import { residentNumber } from '../db/rooms-for-tests.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  write(createLog({ write: (line) => lines.push(line) }))
  return lines.join('')
}
const number = residentNumber()

test('a secret deep within an error is blanked', () => {
  const secret = 'left-by-mistake'
  const error = Object.assign(new Error('failed'), { config: { headers: { authorization: secret } } })
  expect(logged((log) => log.error({ err: error }, 'x'))).not.toContain(secret)
})

test.each([
  ['at the end of a sentence', `not valid: ${number}.`],
  ['after a dot', `no.${number}`],
])('an identity number %s is masked', (_where, text) => {
  expect(logged((log) => log.error({ err: new Error(text), detail: text }, text))).not.toContain(number.slice(3, 17))
})
