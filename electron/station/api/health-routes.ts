import { statfs } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { routes } from '../../../shared/api/routes.ts'
import { type Alarm, alarmLine, describeAlarm } from '../../../shared/problems/alarm.ts'
import { ok } from '../../../shared/problems/problem.ts'
import type { Answer } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { quarantineAlarms } from './quarantine-routes.ts'

const gibibyte = 1024 ** 3
export const version = '0.1.0'

export function answerHealth(answer: Answer, rooms: ApiRooms): void {
  answer(routes.health, async ({ user }) => {
    if (!user || user.mustChangePassword) return ok({ ok: true })
    const { listening, listeningTls, associations } = rooms.receiver.status()
    const disk = await statfs(rooms.config.dataFolder)
    const freeBytes = disk.bavail * disk.bsize
    const counts = rooms.outbox.counts()
    const destinations = rooms.destinations.all()
    const offsets = destinations.flatMap((one) => rooms.uploads.to(one).clockOffsetMs() ?? [])
    const alarms = alarmsOf(rooms).map(describeAlarm)
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
        pausedInEnglish: paused?.reasonInEnglish ?? null,
      })),
      alarms: alarms.map(alarmLine),
      alarmDetails: alarms,
    })
  })
}

/** What every room has that staff must know. */
function alarmsOf({
  archive,
  backup,
  callbackListener,
  clock,
  commitment,
  receiver,
  reconcile,
  tray,
}: ApiRooms): Alarm[] {
  const late = backup.alarm()
  return [
    ...tray.suspects(),
    ...tray.corrections.alarms(),
    ...receiver.status().problems,
    ...archive.alarms().map(({ problem, studyInstanceUid }) => ({
      ...problem,
      studyInstanceUid,
      examId: studyInstanceUid && tray.examOf(studyInstanceUid),
    })),
    ...quarantineAlarms(archive.quarantined(), (uid) => archive.instanceByUid(uid) !== undefined, clock()),
    ...reconcile.alarms(),
    ...commitment.alarms(),
    ...callbackListener.alarms(),
    ...(late ? [late] : []),
  ]
}

const lanAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).filter((one) => one.family === 'IPv4' && !one.internal).map((one) => one.address),
  )
