import type { Account } from '../../../shared/models/account.ts'
import {
  type ReportState,
  type ReportStep,
  type ReportVersion,
  reportTransitions,
} from '../../../shared/models/report.ts'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'

export const reportStateWords: Readonly<Record<ReportState, string>> = {
  draft: '书写中',
  returned: '已退回',
  'awaiting-audit': '待审核',
  approved: '审核通过',
  released: '已发布',
}

const englishStates: Readonly<Record<ReportState, string>> = {
  draft: 'being written',
  returned: 'returned',
  'awaiting-audit': 'waiting for the audit',
  approved: 'approved',
  released: 'released',
}

const stepWords: Readonly<Record<ReportStep, string>> = {
  save: '保存',
  submit: '提交',
  return: '退回',
  approve: '审核',
  release: '发布',
  amend: '修订',
}

function refuseStep(state: ReportState, step: ReportStep): Outcome<never> {
  const words = inBoth(reportStateWords[state], englishStates[state])
  return fail('REPORT-STEP', { ...filling('state', words), step: stepWords[step], stepInEnglish: step })
}

export type StepFacts = {
  readonly report: ReportVersion | undefined
  readonly step: Exclude<ReportStep, 'save'>
  readonly actor: Account
  readonly now: number
  readonly singleDoctor: boolean
  readonly imageCount: number
  readonly reason: string | undefined
}

/** The report after a step, or why the step is refused. Pure: the room only keeps what comes out. */
export function takeStep(facts: StepFacts): Outcome<ReportVersion> {
  const { report, step, actor, now } = facts
  if (!report) return fail('REPORT-MISSING')
  const state = reportTransitions[report.state][step]
  if (!state) return refuseStep(report.state, step)
  const person = { code: actor.doctorCode, name: actor.displayName }
  switch (step) {
    case 'submit':
      if (facts.imageCount === 0) return fail('NO-IMAGES')
      return ok({
        ...report,
        state,
        submittedAt: now,
        submittedBy: actor.username,
        reportDoctor: report.reportDoctor ?? person,
        returnReason: undefined,
      })
    case 'return':
      return ok({
        ...report,
        state,
        returnReason: facts.reason ?? '',
        approvedAt: undefined,
        approvedBy: undefined,
        // Who approves next is named then.
        auditDoctor: report.state === 'approved' ? undefined : report.auditDoctor,
      })
    case 'approve': {
      const wrote = [report.writtenBy, report.submittedBy].includes(actor.username)
      if (wrote && !facts.singleDoctor) return fail('REPORT-OWN-AUDIT')
      return ok({
        ...report,
        state,
        approvedAt: now,
        approvedBy: actor.username,
        auditDoctor: report.auditDoctor ?? person,
      })
    }
    case 'release':
      return ok({ ...report, state, releasedAt: now, releasedBy: actor.username })
    case 'amend': {
      const {
        submittedAt: _s,
        submittedBy: _sb,
        approvedAt: _a,
        approvedBy: _ab,
        releasedAt: _r,
        releasedBy: _rb,
        reportDoctor: _rd,
        auditDoctor: _d,
        ...text
      } = report
      return ok({
        ...text,
        version: report.version + 1,
        state,
        writtenAt: now,
        writtenBy: actor.username,
        amendReason: facts.reason ?? '',
      })
    }
  }
}

/** The steps that a wish means. Where one doctor does it all, releasing goes through what is still before it. */
export function stepsFor(
  step: Exclude<ReportStep, 'save'>,
  state: ReportState | undefined,
  singleDoctor: boolean,
): readonly Exclude<ReportStep, 'save'>[] {
  if (step !== 'release' || !singleDoctor || !state) return [step]
  if (state === 'draft' || state === 'returned') return ['submit', 'approve', 'release']
  return state === 'awaiting-audit' ? ['approve', 'release'] : [step]
}

/** Writing is allowed where the table says so; a first save begins version 1. */
export function mayWrite(report: ReportVersion | undefined): Outcome<true> {
  if (!report || reportTransitions[report.state].save) return ok(true)
  return refuseStep(report.state, 'save')
}
