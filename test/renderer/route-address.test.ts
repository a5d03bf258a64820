import { expect, test } from 'vitest'
import { routeAddress } from '../../shared/api/route-address.ts'

test('parameters are written into the path, whatever they hold', () => {
  expect(routeAddress('/api/exams/:id/report', { id: 'a/b ?' })).toBe('/api/exams/a%2Fb%20%3F/report')
})

test('what is empty stays out of the query', () => {
  expect(routeAddress('/api/exams', {}, { text: '张三', state: undefined, from: '', page: 1 })).toBe(
    '/api/exams?text=%E5%BC%A0%E4%B8%89&page=1',
  )
})

test('a parameter that is missing is a mistake of the program', () => {
  expect(() => routeAddress('/api/exams/:id')).toThrow('needs id')
})
