import { expect, test } from 'vitest'
import { cardInputOf, letterInputOf } from '../../electron/station/documents/dossier-to-paper.ts'
import { studyUidOf } from '../../shared/clouds/exam-facts.ts'
import { instanceFacts } from '../db/rooms-for-tests.ts'
import { sampleDossier } from './sample-dossier.ts'

test('a correction letter names the study by the UID that the platform was told, whatever the device made', () => {
  const dossier = { ...sampleDossier, instances: [instanceFacts({ studyInstanceUid: '1.2.840.9.9' })] }
  const input = letterInputOf(dossier, {
    platform: '省平台',
    cloudExamId: 'C1',
    deliveredAt: 0,
    reason: '姓名登记错误',
    request: '删除',
    writtenBy: '王',
    writtenAt: 0,
  })
  const uid = input.fields.find(({ label }) => label === '检查UID')?.value
  expect(uid).toBe(sampleDossier.exam.studyInstanceUid)
  expect(uid).toBe(studyUidOf(dossier))
})

test('a small child is on the papers with the months beyond the years, on the day of the exam', () => {
  const patient = { ...sampleDossier.patient, birthDate: '2023-03-09' }
  const card = cardInputOf({ ...sampleDossier, patient, studyDateTime: '2026-05-20 09:00:00' }, undefined)
  expect(card.patient.age).toBe('3岁2月')
})
