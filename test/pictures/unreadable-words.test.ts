import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unreadableWords } from '../../electron/station/pictures/unreadable-words.ts'

const room = join(import.meta.dirname, '..', '..', 'electron', 'station', 'pictures')

test('a reason is said in Chinese with its own numbers', () => {
  expect(unreadableWords('there is no frame 12')).toEqual({ chinese: '没有第 12 帧', english: 'there is no frame 12' })
  expect(unreadableWords('transfer syntax 1.2.3 cannot be decoded here').chinese).toBe('本站不能解码传输语法 1.2.3')
})

test('what a decoder’s own library says stays behind what it means', () => {
  expect(unreadableWords('Stream not compressed in JPEG')).toEqual({
    chinese: '解码失败（Stream not compressed in JPEG）',
    english: 'decoding failed (Stream not compressed in JPEG)',
  })
})

test('every reason that the readers give has its Chinese words', () => {
  const given = readdirSync(room).flatMap((file) =>
    [
      ...readFileSync(join(room, file), 'utf8').matchAll(
        /(?:cannot\(|reason: |gone\(|\?\? )(['`])((?:the|it|there|an|nobody|compressed|transfer|\$\{\w+\}) [^'`]*)\1/g,
      ),
    ].map(([, , reason]) => reason!.replace(/\$\{[^}]*\}/g, '7')),
  )
  expect(given.length).toBeGreaterThan(12)
  for (const reason of given)
    expect([reason, unreadableWords(reason).chinese]).not.toEqual([reason, `解码失败（${reason}）`])
})
