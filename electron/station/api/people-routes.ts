import { routes } from '../../../shared/api/routes.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import type { AuditEntry } from '../people/audit-log.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

export function answerPeople(answer: Answer, rooms: ApiRooms): void {
  const { accounts, sessions, settings, audit, isTraining, trainingUser } = rooms
  answer(routes.setupState, () => {
    const shown = trainingUser()
    const mode = isTraining() ? ('training' as const) : ('real' as const)
    return ok({ needed: accounts.setupNeeded(), mode, ...(shown && { trainingUser: shown }) })
  })

  let settingUp = false
  answer(routes.setup, async ({ body }) => {
    if (settingUp || !accounts.setupNeeded()) return fail('SETUP-DONE')
    settingUp = true
    try {
      const created = await accounts.create(
        {
          username: body.username,
          displayName: body.displayName,
          password: body.password,
          role: 'administrator',
          doctorCode: '',
        },
        body.username,
      )
      if (!created.ok) return created
      settings.change({ mode: body.mode }, body.username)
      const [institution] = settings.institutions()
      if (body.institutionName && institution)
        settings.saveInstitution({ ...institution, name: body.institutionName }, body.username, institution.id)
      return ok(sessions.open(created.value))
    } finally {
      settingUp = false
    }
  })

  answer(routes.sessionCreate, async ({ body }) => {
    if (accounts.setupNeeded()) return fail('SETUP-NEEDED')
    return sessions.logIn(body.username, body.password)
  })
  answer(routes.sessionRead, ({ user }) => ok({ user }))
  answer(routes.sessionEnd, ({ token }) => {
    sessions.end(token)
    return ok({ done: true as const })
  })

  answer(routes.accountList, () => ok(accounts.list()))
  answer(routes.accountCreate, ({ body, user }) => accounts.create(body, user.username))
  answer(routes.accountChange, ({ params, body, user }) => accounts.change(params.id!, body, user.username))

  answer(routes.auditList, ({ query }) =>
    ok(
      query.subjectKind && query.subjectId
        ? audit.about(query.subjectKind as AuditEntry['subjectKind'], query.subjectId)
        : audit.newest(500),
    ),
  )
}
