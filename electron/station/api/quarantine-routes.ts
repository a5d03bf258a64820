import { routes } from '../../../shared/api/routes.ts'
import type { Alarm } from '../../../shared/problems/alarm.ts'
import { filling, inBoth } from '../../../shared/problems/both-words.ts'
import { describeProblem, ok } from '../../../shared/problems/problem.ts'
import type { QuarantinedObject } from '../archive/archive-record.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

const day = 24 * 60 * 60 * 1000

/** What came and could not be taken into the archive. Newest first, at most 1000. */
export function answerQuarantine(answer: Answer, { archive }: ApiRooms): void {
  answer(routes.quarantineList, () =>
    ok(
      archive.quarantined().map(({ id, callingAeTitle, quarantinedAt, problem, sopInstanceUid, sizeBytes }) => {
        const { code, message, action, english, englishAction } = describeProblem(problem)
        const why = { code, reason: message, action, english, englishAction, detail: english }
        return { id, device: callingAeTitle, at: quarantinedAt, ...why, sopInstanceUid, sizeBytes }
      }),
    ),
  )
}

/** Pure: one line on what was put aside within a week and has not come in good order since; nothing else would ever end it. */
export function quarantineAlarms(
  objects: readonly QuarantinedObject[],
  hasInstance: (sopInstanceUid: string) => boolean,
  now: number,
): Alarm[] {
  const open = objects.filter(
    (one) => now - one.quarantinedAt < 7 * day && !(one.sopInstanceUid && hasInstance(one.sopInstanceUid)),
  )
  if (open.length === 0) return []
  const devices = [...new Set(open.map((one) => one.callingAeTitle).filter((title) => title))]
  const named = devices.slice(0, 3)
  const more = devices.length > 3
  const from = inBoth(
    named.length > 0 ? `（来自 ${named.join('、')}${more ? ' 等' : ''}）` : '',
    named.length > 0 ? ` (from ${named.join(', ')}${more ? ' and others' : ''})` : '',
  )
  return [{ code: 'OBJECTS-QUARANTINED', with: { count: open.length, ...filling('from', from) } }]
}
