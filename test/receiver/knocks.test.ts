import { expect, test } from 'vitest'
import { createEvents } from '../../electron/station/events.ts'
import { createKnocks } from '../../electron/station/receiver/knocks.ts'
import type { Knock } from '../../electron/station/receiver/receiver.ts'
import { guessModality, sopClassNames } from '../../shared/dicom/sop-class-names.ts'

const image = '1.2.840.10008.5.1.4.1.1.'
const knock = (more: Partial<Knock> = {}): Knock => ({
  callingAeTitle: 'US1',
  calledAeTitle: 'YINGZHAN',
  host: '192.168.1.20',
  at: 1,
  reason: 'unknown-calling-ae',
  implementation: 'US_SYSTEM',
  proposes: [],
  ...more,
})

test('a knock says in words what was proposed over all its tries, each thing once', () => {
  const knocks = createKnocks(createEvents())
  knocks.add(knock({ proposes: [`${image}6.1`, `${image}3.1`, `${image}6.1`, '1.2.840.113619.4.2'] }))
  knocks.add(knock({ proposes: ['1.2.840.10008.1.1'], at: 2 }))
  expect(knocks.list()).toMatchObject([
    {
      count: 2,
      at: 2,
      modality: 'US',
      proposes: ['连通测试', '超声影像存储', '超声动态影像存储', '1.2.840.113619.4.2'],
    },
  ])
})

test('at most 20 proposals are told', () => {
  const knocks = createKnocks(createEvents())
  knocks.add(knock({ proposes: Array.from({ length: 128 }, (_, at) => `1.2.3.${at}`) }))
  expect(knocks.list()[0]?.proposes).toHaveLength(20)
})

test('a flood of AE titles from one address pushes out only its own', () => {
  const knocks = createKnocks(createEvents())
  knocks.add(knock())
  for (let count = 0; count < 1000; count++) knocks.add(knock({ host: '192.168.1.66', callingAeTitle: `X${count}` }))
  expect(knocks.list()).toHaveLength(11)
  expect(knocks.list().at(-1)).toMatchObject({ callingAeTitle: 'US1' })
  expect(knocks.list()[0]).toMatchObject({ callingAeTitle: 'X999' })
})

test('knocks from everywhere are kept up to 50, the newest', () => {
  const knocks = createKnocks(createEvents())
  for (let count = 0; count < 80; count++) knocks.add(knock({ host: `10.0.0.${count}` }))
  expect(knocks.list()).toHaveLength(50)
  expect(knocks.list()[0]).toMatchObject({ address: '10.0.0.79' })
})

test.each([
  ['a DR that proposes CR for old archives', [`${image}1.1`, `${image}1`, `${image}7`], 'DR'],
  ['a CT with its dose report', [`${image}2`, `${image}88.67`, '1.2.840.10008.5.1.4.31'], 'CT'],
  ['a workstation that sends everything', [`${image}2`, `${image}4`, `${image}6.1`], ''],
  ['a frame grabber', [`${image}7`], ''],
  ['one that only asks', ['1.2.840.10008.1.1', '1.2.840.10008.5.1.4.31'], ''],
])('%s', (_, uids, modality) => expect(guessModality(uids)).toBe(modality))

test('what has no words is its UID, and no UID is nothing', () =>
  expect(sopClassNames(['', '1.2.840.10008.1.20.1', '1.2.3'], 20)).toEqual(['存储确认', '1.2.3']))
