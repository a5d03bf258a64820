import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { untilDrained } from '../../electron/station/until-drained.ts'

const events = ['drain', 'close', 'error'] as const
const listeners = (out: Writable) => events.map((name) => out.listenerCount(name))

test('a long answer waits for its reader again and again, and no listener stays', async () => {
  const taken: Buffer[] = []
  const slow = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _encoding, done) => {
      taken.push(chunk)
      setImmediate(done)
    },
  })
  const before = listeners(slow)
  const warnings: string[] = []
  const note = (warning: Error) => warnings.push(warning.name)
  process.on('warning', note)
  for (let line = 0; line < 50; line += 1) if (!slow.write(`${line}\n`)) await untilDrained(slow)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  expect(taken).toHaveLength(50)
  expect(listeners(slow)).toEqual(before)
  expect(warnings).toEqual([])
})

test('a reader that goes away ends the wait', async () => {
  const gone = new Writable({ highWaterMark: 1, write: () => {} })
  gone.write('x')
  const waiting = untilDrained(gone)
  gone.destroy()
  await waiting
  await untilDrained(gone)
  expect(gone.listenerCount('drain')).toBe(0)
})
