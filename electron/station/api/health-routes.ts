import { statfs } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { routes } from '../../../shared/api/routes.ts'
import { describeProblem, ok, type Problem } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { quarantineAlarms } from './quarantine-routes.ts'

const gibibyte = 1024 ** 3
export const version = '0.1.0'

export function answerHealth(answer: Answer, rooms: ApiRooms): void {
  answer(routes.health, async ({ user }) => {
    if (!user || user.mustChangePassword) return ok({ ok: true })
    const { listening, listeningTls, problems, associations } = rooms.receiver.status()
    const disk = await statfs(rooms.config.dataFolder)
    const freeBytes = disk.bavail * disk.bsize
    const counts = rooms.outbox.counts()
    const destinations = rooms.destinations.all()
    const offsets = destinations.flatMap((one) => rooms.uploads.to(one).clockOffsetMs() ?? [])
    return ok({
      ok: true,
      version,
      mode: rooms.isTraining() ? ('training' as const) : ('real' as const),
      receiver: {
        listening: (listening ?? listeningTls) !== undefined,
        aeTitle: rooms.config.aeTitle,
        host: rooms.config.dicomHost,
        port: (listening ?? listeningTls)?.port ?? rooms.config.dicomPort,
        tlsPort: listeningTls?.port ?? null,
        associations: associations.length,
        addresses: lanAddresses(),
      },
      disk: { freeBytes, low: freeBytes < 5 * gibibyte },
      queue: { waiting: counts.waiting + counts['sent-unconfirmed'], sending: counts.sending, blocked: counts.blocked },
      clockOffset: offsets.sort((a, b) => Math.abs(b) - Math.abs(a))[0] ?? null,
      destinations: destinations.map(({ id, name, kind, enabled, paused }) => ({
        id,
        name,
        kind,
        enabled,
        paused: paused?.reason ?? null,
      })),
      alarms: [
        ...rooms.tray.suspects(),
        ...rooms.tray.corrections.alarms(),
        ...[
          ...problems.map(wordsOf),
          ...rooms.archive.alarms().map((alarm) => alarm.text),
          ...quarantineAlarms(
            rooms.archive.quarantined(),
            (uid) => rooms.archive.instanceByUid(uid) !== undefined,
            rooms.clock(),
          ),
          ...rooms.reconcile.alarms(),
          ...rooms.commitment.alarms(),
          ...rooms.callbackListener.alarms(),
          ...[rooms.backup.alarm()].filter((words) => words !== undefined),
        ],
      ],
    })
  })
}

function wordsOf(problem: Problem): string {
  const { message, action } = describeProblem(problem)
  return `${message}。${action}`
}

const lanAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).filter((one) => one.family === 'IPv4' && !one.internal).map((one) => one.address),
  )
