import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { markStale } from '../../renderer/api/mark-stale.ts'

/** A station whose answers wait until they are let go, in the order in which they were asked for. */
function slowStation() {
  const waiting: (() => void)[] = []
  let state = 'before'
  return {
    asked: 0,
    change: (to: string) => {
      state = to
    },
    /** What stood when the question came is answered. */
    ask(this: { asked: number }): Promise<string> {
      this.asked++
      const answer = state
      return new Promise((resolve) => waiting.push(() => resolve(answer)))
    },
    async letGo(): Promise<void> {
      waiting.shift()?.()
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
    },
  }
}

describe('answers that a change made stale', () => {
  let client: QueryClient
  let station: ReturnType<typeof slowStation>
  let leave: () => void
  beforeEach(() => {
    client = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: false } } })
    station = slowStation()
    leave = show()
  })
  afterEach(() => {
    leave()
    client.clear()
  })

  function show(): () => void {
    return new QueryObserver(client, { queryKey: ['/api/list', {}, {}], queryFn: () => station.ask() }).subscribe(
      () => undefined,
    )
  }
  const shown = () => client.getQueryData(['/api/list', {}, {}])
  const changed = () => markStale(client, ([path]) => path === '/api/list')

  test('are asked again while they are shown', async () => {
    await station.letGo()
    expect(shown()).toBe('before')
    station.change('after')
    void changed()
    await station.letGo()
    expect(shown()).toBe('after')
    expect(station.asked).toBe(2)
  })

  test('are asked once more when the first question was on its way', async () => {
    station.change('after')
    const done = changed()
    await station.letGo()
    expect(shown()).toBe('before')
    await station.letGo()
    expect(shown()).toBe('after')
    await done
  })

  test('reach the page although changes come faster than answers, and each answer is asked for once', async () => {
    for (const state of ['one', 'two', 'three', 'four']) {
      station.change(state)
      void changed()
      void changed()
      await station.letGo()
    }
    expect(shown()).toBe('three')
    await station.letGo()
    expect(shown()).toBe('four')
    expect(station.asked).toBe(5)
  })

  test('are asked for when the page is shown again, not before', async () => {
    await station.letGo()
    leave()
    station.change('after')
    await changed()
    expect(station.asked).toBe(1)
    leave = show()
    await station.letGo()
    expect(shown()).toBe('after')
  })

  test('leave other answers as they are', async () => {
    await station.letGo()
    await markStale(client, ([path]) => path === '/api/other')
    expect(station.asked).toBe(1)
  })
})
