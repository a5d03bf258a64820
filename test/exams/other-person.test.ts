import { expect, test } from 'vitest'
import { newlySaid, otherPerson } from '../../electron/station/exams/other-person.ts'
import type { StudyHeader } from '../../shared/models/study.ts'

const named = (patientName: string, more: Partial<StudyHeader> = {}) =>
  ({ patientId: '', patientSex: '', patientBirthDate: '', ...more, patientName }) as StudyHeader
const isOther = (one: string, other: string) =>
  otherPerson(named(one), named(other)).some((words) => words.chinese === '姓名不同')

test.each([
  ['ZHANG^WEI=张^伟', 'ZHANG^WEI=章^薇'],
  ['张伟', '章薇'],
  ['ZHANG^WEI', 'LI^NA'],
  ['ZHANG^WEI', '李娜'],
])('%s is not %s', (one, other) => {
  expect(isOther(one, other)).toBe(true)
  expect(isOther(other, one)).toBe(true)
})

test.each([
  ['ZHANG^WEI=张^伟', 'Zhang^Wei'],
  ['ZHANG^WEI=张^伟', '张伟'],
  ['ZHANG^WEI=张^伟', '=张伟'],
  ['买买提·吐尔逊', '买买提•吐尔逊'],
  ['ZHANG^WEI=张^伟', 'Zhang^Wei=\uFFFD\uFFFD'],
  ['', 'Li^Na'],
])('%s may be %s', (one, other) => {
  expect(isOther(one, other)).toBe(false)
  expect(isOther(other, one)).toBe(false)
})

test('characters that the desk corrected under one PatientID are no other person', () => {
  const known = { patientId: 'P1' }
  expect(otherPerson(named('ZHANG^WEI=张^伟', known), named('ZHANG^WEI=章^伟', known))).toEqual([])
  expect(otherPerson(named('ZHANG^WEI=张^伟', known), named('LI^NA=李^娜', known))).toEqual([
    { chinese: '姓名不同', english: 'the names differ' },
  ])
})

test('a later object newly says what the study had left out', () => {
  const study = named('', { patientId: 'P1' })
  expect(newlySaid(study, named('Li^Na', { patientId: 'P2', patientSex: 'F' }))).toMatchObject({
    patientName: 'Li^Na',
    patientId: '',
    patientSex: 'F',
  })
})
