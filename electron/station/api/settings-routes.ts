import { routes } from '../../../shared/api/routes.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import { fail, failAt, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { viewOfDestination } from '../settings/destinations.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

export function answerSettings(answer: Answer, rooms: ApiRooms): void {
  const { settings, destinations, exams, outbox, knocks, uploads, archive, isTraining } = rooms
  const done = (outcome: Outcome<true>) => (outcome.ok ? ok({ done: true as const }) : outcome)

  // A training flag makes this run a training one, whatever was chosen at first start.
  answer(routes.settingsRead, () => ok({ ...settings.read(), ...(isTraining() && { mode: 'training' as const }) }))
  answer(routes.settingsChange, ({ body, user }) => {
    // Rehearsed patients must never reach a real cloud.
    if (body.mode !== undefined && body.mode !== settings.read().mode && exams.hasAny())
      return failAt('mode', 'MODE-FIXED')
    return settings.change(body, user.username)
  })

  answer(routes.institutionList, () => ok(settings.institutions()))
  answer(routes.institutionCreate, ({ body, user }) => ok(settings.saveInstitution(body, user.username)))
  answer(routes.institutionChange, ({ params, body, user }) => {
    if (!settings.institution(params.id!)) return fail('NOT-FOUND', { what: '机构' })
    const saved = settings.saveInstitution(body, user.username, params.id)
    // What its old data had blocked is planned anew.
    for (const examId of outbox.blockedExams()) outbox.followUp(examId)
    return ok(saved)
  })

  answer(routes.deviceList, () => ok(settings.devices()))
  answer(routes.deviceCreate, ({ body, user }) => settings.saveDevice(body, user.username))
  answer(routes.deviceChange, ({ params, body, user }) => {
    const known = settings.devices().find((device) => device.id === params.id)
    if (!known) return fail('NOT-FOUND', { what: '设备' })
    const saved = settings.saveDevice(body, user.username, params.id)
    const isReadOtherwise = saved.ok && (saved.value.readAs !== known.readAs || saved.value.aeTitle !== known.aeTitle)
    if (isReadOtherwise) archive.headers.request(saved.value.aeTitle, user.username)
    return saved
  })
  answer(routes.deviceRemove, ({ params, user }) => done(settings.removeDevice(params.id!, user.username)))
  answer(routes.knockList, () => ok(knocks.list()))

  answer(routes.destinationList, () => ok(destinations.all().map(viewOfDestination)))
  answer(routes.destinationCreate, ({ body, user }) => kept(destinations.create(body, user.username)))
  answer(routes.destinationChange, ({ params, body, user }) =>
    kept(destinations.change(params.id!, body, user.username)),
  )
  answer(routes.destinationRemove, ({ params, user }) => {
    const removed = destinations.remove(params.id!, user.username)
    if (removed.ok) outbox.destinationRemoved(params.id!)
    return done(removed)
  })
  answer(routes.destinationTest, async ({ params }) => {
    const destination = destinations.get(params.id!)
    if (!destination) return fail('NOT-FOUND', { what: '目的地' })
    const report = await uploads.to(destination).test()
    return ok({ ok: report.ok, lines: [...report.lines] })
  })

  /** Whatever the old settings had blocked is tried again. */
  async function kept(outcome: Outcome<Destination>) {
    if (!outcome.ok) return outcome
    await uploads.to(outcome.value).resume()
    outbox.settingsChanged(outcome.value.id)
    // What was registered before the destination was there, or while it was off, goes there too.
    for (const id of exams.ofLastWeek()) outbox.followUp(id)
    return ok(viewOfDestination(outcome.value))
  }
}
