import { describe, expect, test } from 'vitest'
import { judgeAddress, nextQuestion } from '../../electron/station/documents/judge-address.ts'

describe('what came of asking the address of a QR', () => {
  test.each([200, 204, 206])('is that it answers with %i', (status) => {
    expect(judgeAddress({ kind: 'status', status })).toBe('answers')
  })

  test.each([404, 410])('is that it is dead with %i', (status) => {
    expect(judgeAddress({ kind: 'status', status })).toBe('dead')
  })

  test.each([301, 304, 400, 401, 403, 405, 407, 429, 451, 500, 502, 503, 511])(
    'says nothing about a phone with %i',
    (status) => {
      expect(judgeAddress({ kind: 'status', status })).toBe('unknown')
    },
  )

  test('a name that is not there is dead only while other names are answered from the open internet', () => {
    expect(judgeAddress({ kind: 'no-such-name', isOnline: true })).toBe('dead')
    expect(judgeAddress({ kind: 'no-such-name', isOnline: false })).toBe('unknown')
  })

  test.each([
    'name-not-found',
    'refused',
    'unreachable',
    'connect-timeout',
    'certificate-untrusted',
    'certificate-name',
    'certificate-date',
    'not-tls',
    'reset',
    'no-answer',
    'stopped',
  ] as const)('says nothing where no answer came (%s)', (problem) => {
    expect(judgeAddress({ kind: 'failed', problem })).toBe('unknown')
  })

  test('says nothing when it was sent on and on', () => {
    expect(judgeAddress({ kind: 'too-many-redirects' })).toBe('unknown')
  })
})

describe('what is asked next', () => {
  const url = new URL('https://film.example.cn/a/b?k=1')

  test.each([400, 404, 405, 410, 501])('after HEAD with %i the same with GET, which settles it', (status) => {
    expect(nextQuestion(url, 'HEAD', { status, location: undefined })).toEqual({ kind: 'ask-with-get' })
    expect(nextQuestion(url, 'GET', { status, location: undefined })).toEqual({ kind: 'done' })
  })

  test.each([301, 302, 303, 307, 308])('after %i where it leads to, also by a path alone', (status) => {
    expect(nextQuestion(url, 'HEAD', { status, location: '../c' })).toEqual({
      kind: 'follow',
      url: new URL('https://film.example.cn/c'),
    })
  })

  test.each([undefined, 'weixin://open', 'javascript:alert(1)', 'http://[', 'file:///etc/passwd'])(
    'nothing after a redirect to %s',
    (location) => {
      expect(nextQuestion(url, 'HEAD', { status: 302, location })).toEqual({ kind: 'done' })
    },
  )
})
