import { expect, test } from 'vitest'
import { wantedElementsOf } from '../../electron/station/uploads/wanted-elements.ts'
import { exampleDossier } from '../clouds/example-dossier.ts'

const own = { studyInstanceUid: '2.25.7' }
const studyUid = (...more: Parameters<typeof wantedElementsOf> extends [unknown, ...infer Rest] ? Rest : never) =>
  wantedElementsOf(exampleDossier, ...more).StudyInstanceUID

test('a PACS gets the StudyInstanceUID of the device, but an image of somebody else under the study it was taken into', () => {
  expect(studyUid(false, 'declared', own)).toBeUndefined()
  expect(studyUid(false, 'declared', { ...own, takenFromStudy: '1.2.3' })).toBe('2.25.7')
})

test('a cloud gets all images of an exam under the exam’s own', () => {
  const { studyInstanceUid } = exampleDossier.exam
  expect(studyUid(true, 'declared', own)).toBe(studyInstanceUid)
  expect(studyUid(true, 'declared', { ...own, takenFromStudy: '1.2.3' })).toBe(studyInstanceUid)
})
