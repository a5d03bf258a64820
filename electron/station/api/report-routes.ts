import { type Routes, routes } from '../../../shared/api/routes.ts'
import type { ReportStep } from '../../../shared/models/report.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import { reportHistory } from '../reports/report-history.ts'
import { writerOf } from '../reports/unsaved-reports.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { checkExam } from './check-exam.ts'

const steps = {
  submit: 'reportSubmit',
  return: 'reportReturn',
  approve: 'reportApprove',
  release: 'reportRelease',
  amend: 'reportAmend',
} as const satisfies Record<Exclude<ReportStep, 'save'>, keyof Routes>

export function answerReports(answer: Answer, rooms: ApiRooms): void {
  const { accounts, exams, reports, tray, archive, audit } = rooms
  const noExam = fail('NOT-FOUND', { what: '检查' })

  answer(routes.reportSave, ({ params, body, user, token }) => {
    const found = exams.read(params.id!)
    const { seen, ...draft } = body
    return found ? reports.save(found.exam, draft, user, { seen, desk: writerOf(user.username, token) }) : noExam
  })

  for (const step of Object.keys(steps) as (keyof typeof steps)[]) {
    answer(routes[steps[step]], ({ params, body, user }) => {
      const found = exams.read(params.id!)
      if (!found) return noExam
      const imageCount = tray
        .claimsOf(found.exam.id)
        .reduce((sum, claim) => sum + archive.instancesOfStudy(claim.study_instance_uid).length, 0)
      const checks = step === 'return' || step === 'amend' ? [] : checkExam(rooms, found.exam.id)
      const acknowledged = 'acknowledged' in body ? body.acknowledged : undefined
      const overrides = 'overrides' in body ? body.overrides : undefined
      return reports.take(step, found.exam, imageCount, user, body.reason, { checks, acknowledged, overrides })
    })
  }

  answer(routes.reportChecks, ({ params }) => (exams.read(params.id!) ? ok([...checkExam(rooms, params.id!)]) : noExam))

  answer(routes.reportHistory, ({ params }) => {
    if (!exams.read(params.id!)) return noExam
    const names = new Map(accounts.list().map(({ username, displayName }) => [username, displayName]))
    const nameOf = (username: string) => names.get(username) ?? username
    return ok(reportHistory(audit.about('exam', params.id!), reports.submittedTexts(params.id!), nameOf))
  })
}
