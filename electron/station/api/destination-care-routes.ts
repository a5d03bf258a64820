import { cloudCareRoutes as routes } from '../../../shared/api/cloud-care-routes.ts'
import { fail, ok } from '../../../shared/problems/problem.ts'
import { reasonWords } from '../uploads/test-line.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

/** A destination's certificate, its tokens, and how identity numbers are written for it. */
export function answerDestinationCare(answer: Answer, { destinations, destinationCare, audit }: ApiRooms): void {
  answer(routes.destinationCertificate, async ({ params }) => {
    const destination = destinations.get(params.id!)
    if (!destination) return fail('NOT-FOUND', { what: '目的地' })
    const seen = await destinationCare.certificates(destination)
    return ok(
      seen.map((one) => {
        if (!('failed' in one)) return one
        const unknown = { fingerprint: '', subject: '', issuer: '', validFrom: '', validTo: '', trusted: false }
        const why = reasonWords(one.failed)
        return { url: one.url, ...unknown, why: why.chinese, whyInEnglish: why.english }
      }),
    )
  })

  answer(routes.destinationToken, async ({ params }) => {
    const destination = destinations.get(params.id!)
    if (destination?.kind !== 'jilin') return fail('NOT-FOUND', { what: '省影像云' })
    const gauge = await destinationCare.tokenGauge(destination)
    return ok({
      usedToday: gauge.usedChinaDay,
      usedLast24Hours: gauge.usedRolling24h,
      limit: gauge.limit,
      reservedFrom: gauge.reservedFrom,
      pausedReason: gauge.paused?.message ?? null,
    })
  })

  answer(routes.destinationSm2, async ({ params, body, user }) => {
    const destination = destinations.get(params.id!)
    if (destination?.kind !== 'jilin') return fail('NOT-FOUND', { what: '省影像云' })
    audit.record({ actor: user.username, action: 'try-sm2', subjectKind: 'settings', subjectId: destination.id })
    return ok(await destinationCare.trySm2(destination, body, user))
  })
}
