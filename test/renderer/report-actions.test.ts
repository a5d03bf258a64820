import { expect, test } from 'vitest'
import { reportActions, stepsToRelease } from '../../renderer/features/report/report-actions.ts'
import { draftOf, reportStamp } from '../../renderer/features/report/report-values.ts'
import { type ReportState, reportDraftSchema, reportTransitions } from '../../shared/models/report.ts'

const doctor = { cancelled: false, singleDoctor: false, mayWrite: true, mayAudit: false }
const auditor = { ...doctor, mayAudit: true }

test('who may only write is never offered an approval', () => {
  const offered = (state: ReportState) => reportActions({ ...doctor, report: { state } })
  expect(reportActions({ ...doctor, report: undefined })).toEqual(['save', 'submit'])
  expect(offered('awaiting-audit')).toEqual([])
  expect(offered('released')).toEqual(['amend'])
})

test('an auditor leads a report on or back', () => {
  expect(reportActions({ ...auditor, report: { state: 'awaiting-audit' } })).toEqual(['return', 'approve'])
  expect(reportActions({ ...auditor, report: { state: 'approved' } })).toEqual(['return', 'release'])
})

test('a clinic with one doctor has one button', () => {
  expect(reportActions({ ...auditor, singleDoctor: true, report: undefined })).toEqual(['save', 'publish'])
})

test('a cancelled exam has no button at all', () => {
  expect(reportActions({ ...auditor, cancelled: true, report: { state: 'draft' } })).toEqual([])
})

test('the steps to the release are steps of the table', () => {
  for (const begin of ['draft', 'returned', 'awaiting-audit', 'approved'] as const) {
    let state: ReportState = begin
    for (const step of stepsToRelease(begin)) state = reportTransitions[state][step] ?? state
    expect(state).toBe('released')
  }
})

test('what the editor holds is a draft that the station takes', () => {
  const draft = draftOf(undefined, { code: 'D1', name: '李书写' })
  expect(reportDraftSchema.safeParse(draft).success).toBe(true)
  expect(reportStamp(undefined)).toBe('none')
})
