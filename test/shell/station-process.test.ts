import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { StationChild } from '../../electron/main/launch-station.ts'
import { keepStationRunning, type StationState } from '../../electron/main/station-process.ts'

function fakeChild() {
  const listeners = { output: (_: Buffer) => {}, errors: (_: Buffer) => {}, exit: (_: number | null) => {} }
  const calls: string[] = []
  const child: StationChild = {
    pid: () => 7,
    onOutput: (listener) => {
      listeners.output = listener
    },
    onErrors: (listener) => {
      listeners.errors = listener
    },
    onExit: (listener) => {
      listeners.exit = listener
    },
    askToStop: () => calls.push('ask'),
    kill: () => {
      calls.push('kill')
      listeners.exit(null)
    },
  }
  return { child, listeners, calls }
}

function run() {
  const children: ReturnType<typeof fakeChild>[] = []
  const states: StationState[] = []
  const station = keepStationRunning({
    launch: () => {
      const next = fakeChild()
      children.push(next)
      return next.child
    },
    writeLog: () => {},
    writeOutput: () => {},
    onChange: (state) => states.push(state),
  })
  return { children, states, station }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the shell keeps the station running', () => {
  test('a ready line cut in two makes it ready', () => {
    const { children, states } = run()
    children[0]?.listeners.output(Buffer.from('{"event":"ready","url":"http://127.0'))
    children[0]?.listeners.output(Buffer.from('.0.1:8712/"}\n'))
    expect(states).toEqual([{ kind: 'starting' }, { kind: 'ready', ready: { url: 'http://127.0.0.1:8712/' } }])
  })

  test('a station that dies is down in its own words, and starts again after 1, 2 and 5 seconds', () => {
    const { children, states } = run()
    for (const seconds of [1, 2, 5]) {
      children.at(-1)?.listeners.errors(Buffer.from('端口被占用\n    at Server.listen (node:net:1)\n'))
      children.at(-1)?.listeners.exit(1)
      expect(states.at(-1)).toEqual({ kind: 'down', lastWords: '端口被占用', delayMs: seconds * 1000 })
      vi.advanceTimersByTime(seconds * 1000 - 1)
      expect(states.at(-1)?.kind).toBe('down')
      vi.advanceTimersByTime(1)
      expect(states.at(-1)?.kind).toBe('starting')
    }
    expect(children).toHaveLength(4)
  })

  test('a station that is asked to stop is started no more', async () => {
    const { children, states, station } = run()
    const stopped = station.stop()
    expect(children[0]?.calls).toEqual(['ask'])
    children[0]?.listeners.exit(0)
    await stopped
    vi.advanceTimersByTime(120_000)
    expect(states.at(-1)).toEqual({ kind: 'stopped' })
    expect(children).toHaveLength(1)
  })

  test('a station that does not stop within five seconds is ended', async () => {
    const { children, station } = run()
    const stopped = station.stop()
    vi.advanceTimersByTime(4_999)
    expect(children[0]?.calls).toEqual(['ask'])
    vi.advanceTimersByTime(1)
    await stopped
    expect(children[0]?.calls).toEqual(['ask', 'kill'])
  })

  test('a station that died is not started while it waits for its next try and the shell quits', async () => {
    const { children, station } = run()
    children[0]?.listeners.exit(1)
    await station.stop()
    vi.advanceTimersByTime(120_000)
    expect(children).toHaveLength(1)
  })
})
