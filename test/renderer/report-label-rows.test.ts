import { expect, test } from 'vitest'
import { fieldOfReporting, labelRows, labelsOf } from '../../renderer/features/settings/report-label-rows.ts'
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

test('what the station says about a label stands in the row of its modality', () => {
  const words = { findings: 'a', impression: 'b' }
  const form = { autosaveSeconds: 3, forbiddenWords: [], labels: labelRows({ '*': words, DR: words }) }
  expect(fieldOfReporting('reporting.labels.DR.findings', form)).toBe('labels.1.findings')
  expect(fieldOfReporting('reporting.labels.US', form)).toBe('labels')
  expect(fieldOfReporting('reporting.forbiddenWords.2', form)).toBe('forbiddenWords.2')
  expect(fieldOfReporting('mode', form)).toBe('mode')
})
