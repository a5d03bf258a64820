import { expect, test } from 'vitest'
import { labelRows, labelsOf } from '../../renderer/features/settings/report-label-rows.ts'
import { stationSettingsSchema } from '../../shared/models/settings.ts'

test('the labels of every other modality come first, and rows become the same labels again', () => {
  const { labels } = stationSettingsSchema.parse({}).reporting
  const rows = labelRows(labels)
  expect(rows[0]?.modality).toBe('*')
  expect(labelsOf(rows)).toEqual(labels)
})

test('of two rows for one modality the later counts, without the spaces around it', () => {
  const rows = [
    { modality: 'US', findings: 'a', impression: 'b' },
    { modality: 'US', findings: ' 超声所见 ', impression: '超声提示' },
  ]
  expect(labelsOf(rows)).toEqual({ US: { findings: '超声所见', impression: '超声提示' } })
})
