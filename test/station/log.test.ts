import { describe, expect, test } from 'vitest'
import { createLog } from '../../electron/station/log.ts'
import { residentNumber } from '../db/rooms-for-tests.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  write(createLog({ write: (line) => lines.push(line) }))
  return lines.join('')
}
const number = residentNumber()

describe('the log', () => {
  test('is one JSON object a line with time and words', () => {
    const line = JSON.parse(logged((log) => log.info({ exam: 'e1' }, 'registered')))
    expect(line).toMatchObject({ exam: 'e1', msg: 'registered', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) })
  })

  test('blanks what carries a secret, also within other things', () => {
    const secret = 'left-by-mistake'
    const text = logged((log) => {
      log.info({ password: secret, token: secret, authorization: secret }, 'x')
      log.info({ settings: { token: secret, appSecret: secret } }, 'x')
      log.info({ destination: { settings: { token: secret } } }, 'x')
      log.info({ request: { headers: { authorization: `Bearer ${secret}` } } }, 'x')
      log.info({ list: [{ token: secret }] }, 'x')
    })
    expect(text).not.toContain(secret)
  })

  test.each([
    ['alone', number],
    ['in a sentence', `身份证号${number}校验不通过`],
    ['in quotes', `"${number}"`],
    ['in an address', `http://127.0.0.1/find?id=${number}&x=1`],
    ['with a small x', `${number.slice(0, 17)}x`],
  ])('masks an identity number %s', (_where, text) => {
    const lines = logged((log) => {
      log.info(text)
      log.info({ detail: text }, 'x')
      log.error({ err: new Error(text) }, 'x')
    })
    expect(lines).not.toContain(number.slice(3, 17))
  })

  test('leaves UIDs and other long numbers as they are', () => {
    const uid = `2.25.${number}00001111`
    expect(logged((log) => log.info(`${uid} 1${number}`))).toContain(uid)
    expect(logged((log) => log.info(`1.2.${number}.4`))).toContain(`1.2.${number}.4`)
  })
})
