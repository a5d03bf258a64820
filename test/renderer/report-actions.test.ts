import { expect, test } from 'vitest'
import { leadingAction, reportActions } from '../../renderer/features/report/report-actions.ts'
import { draftOf } from '../../renderer/features/report/report-values.ts'
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

test('Ctrl+Enter leads on, and never back', () => {
  for (const state of Object.keys(reportTransitions) as ReportState[]) {
    const leads = leadingAction(reportActions({ ...auditor, report: { state } }))
    expect(leads).not.toBe('return')
    expect(leads).not.toBe('amend')
  }
  expect(leadingAction(['save', 'submit'])).toBe('submit')
  expect(leadingAction(['save', 'publish'])).toBe('publish')
})

test('what the editor holds is a draft that the station takes', () => {
  const draft = draftOf(undefined, { code: 'D1', name: '李书写' })
  expect(reportDraftSchema.safeParse(draft).success).toBe(true)
})
