import { expect, test } from 'vitest'
import { createLastWords } from '../../electron/main/last-words.ts'

function heard(...lines: readonly string[]): string {
  const words = createLastWords()
  for (const line of lines) words.hear(line)
  return words.text()
}

test('what the station says to people goes before its log', () => {
  const log = '{"level":60,"msg":"cannot start","err":{"message":"EADDRINUSE"}}'
  expect(heard(log, '', '影站没有启动：端口被占用。')).toBe('影站没有启动：端口被占用。')
  expect(heard(log)).toBe('cannot start: EADDRINUSE')
})

test('a stack gives its first line', () => {
  expect(heard('Error: out of memory', '    at start (station.ts:1:1)', '    at node:internal')).toBe(
    'Error: out of memory',
  )
})
