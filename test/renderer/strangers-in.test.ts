import { expect, test } from 'vitest'
import { strangersIn } from '../../renderer/clinic/strangers-in.ts'

const of = (patientId: string, ...ids: string[]) =>
  ids.map((instanceId) => ({ instanceId, patientId, patientName: '', patientSex: '', patientBirthDate: '' }))

test('who differs from the most of a study is proposed to be taken out', () => {
  expect(strangersIn([...of('P1', 'a', 'b'), ...of('P2', 'c'), ...of('P3', 'd')])).toEqual(['c', 'd'])
})

test('of as many images of each nobody is; nor an image that names nobody, nor anybody in a study of one person', () => {
  expect(strangersIn([...of('P1', 'a', 'b'), ...of('P2', 'c', 'd')])).toEqual([])
  expect(strangersIn([...of('P1', 'a', 'b'), ...of('', 'c')])).toEqual([])
  expect(strangersIn(of('P1', 'a', 'b'))).toEqual([])
  expect(strangersIn([])).toEqual([])
})
