import { expect, test } from 'vitest'
import { judgeReceiving, median } from '../bench/receive-goals.ts'

const figure = (receiver: 'station' | 'orthanc', megabytesPerSecond: number, peak?: number) =>
  ({ load: 'us', nagle: 'nodelay', receiver, megabytesPerSecond, peak }) as const

test('a goal is met, missed or not measured, and says what was found', () => {
  const judged = judgeReceiving([figure('station', 510, 160), figure('orthanc', 100)], { one: 40, four: 90 })
  const of = (goal: string) => judged.find((one) => one.goal.startsWith(goal))
  expect(of('us, nodelay')).toMatchObject({ verdict: 'met', found: '5.10 ×' })
  expect(of('us, default')).toMatchObject({ verdict: 'not measured' })
  expect(of('us: at most 150 MB')).toMatchObject({ verdict: 'missed', found: '160 MB' })
  expect(of('ct on a slow disk')).toMatchObject({ verdict: 'missed', found: '2.25 ×' })
})

test('the median of an even number lies between the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5])
})
