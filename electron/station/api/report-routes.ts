import { type Routes, routes } from '../../../shared/api/routes.ts'
import type { ReportStep } from '../../../shared/models/report.ts'
import { fail } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

const steps = {
  submit: 'reportSubmit',
  return: 'reportReturn',
  approve: 'reportApprove',
  release: 'reportRelease',
  amend: 'reportAmend',
} as const satisfies Record<Exclude<ReportStep, 'save'>, keyof Routes>

export function answerReports(answer: Answer, { exams, reports, tray, archive }: ApiRooms): void {
  answer(routes.reportSave, ({ params, body, user }) => {
    const found = exams.read(params.id!)
    return found ? reports.save(found.exam, body, user) : fail('NOT-FOUND', { what: '检查' })
  })

  for (const step of Object.keys(steps) as (keyof typeof steps)[]) {
    answer(routes[steps[step]], ({ params, body, user }) => {
      const found = exams.read(params.id!)
      if (!found) return fail('NOT-FOUND', { what: '检查' })
      const imageCount = tray
        .claimsOf(found.exam.id)
        .reduce((sum, claim) => sum + archive.instancesOfStudy(claim.study_instance_uid).length, 0)
      return reports.take(step, found.exam, imageCount, user, body.reason)
    })
  }
}
