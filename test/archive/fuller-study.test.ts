import { expect, test } from 'vitest'
import { withPersonOf } from '../../electron/station/archive/fuller-study.ts'
import type { StudyHeader } from '../../shared/models/study.ts'

const nobody = { patientId: '', patientName: '', patientSex: '', patientBirthDate: '', bodyPart: '' } as StudyHeader
const somebody = { ...nobody, patientId: 'P1', patientName: 'Zhang^Wei', patientSex: 'M', bodyPart: 'CHEST' }

test('what the first object left out of the person is told by a later one, and nothing else of it', () => {
  expect(withPersonOf(nobody, somebody)).toEqual({ ...somebody, bodyPart: '' })
  expect(withPersonOf({ ...nobody, patientId: 'P2' }, somebody)).toEqual({ ...somebody, patientId: 'P2', bodyPart: '' })
})
test('who was told stays, and there is nothing to write', () => {
  expect(withPersonOf(somebody, { ...somebody, patientName: 'Li^Na' })).toBeUndefined()
  expect(withPersonOf(somebody, nobody)).toBeUndefined()
})
