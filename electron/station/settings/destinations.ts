import { randomUUID } from 'node:crypto'
import type { DestinationView } from '../../../shared/api/settings-routes.ts'
import {
  type Destination,
  type DestinationInput,
  destinationInputSchema,
  secretSettings,
} from '../../../shared/models/destination.ts'
import type { TaskWhy } from '../../../shared/models/outbox-task.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { inChinese, invalidInput } from './issue-words.ts'
import { mergeDeep } from './merge-deep.ts'
import type { SecretBox } from './secret-box.ts'
import { type DestinationSqlRow, prepareSettingsSql } from './settings-sql.ts'

export type Destinations = ReturnType<typeof createDestinations>

/** Where exams go. Secrets are sealed in the database and leave it only towards the uploads room. */
export function createDestinations(db: Database, box: SecretBox, clock: Clock, audit: AuditLog, events: Events) {
  const sql = prepareSettingsSql(db)

  function open(row: DestinationSqlRow): Destination {
    const value = JSON.parse(row.value) as Record<string, unknown>
    const secrets = row.secrets ? JSON.parse(box.open(row.secrets, `destination/${row.id}`)) : {}
    const input = destinationInputSchema.parse(mergeDeep(value, { settings: secrets }))
    return { ...input, id: row.id, paused: row.paused ? JSON.parse(row.paused) : undefined }
  }

  function save(id: string, input: DestinationInput, actor: Actor): Outcome<Destination> {
    const { secrets, rest } = splitSecrets(input)
    return db.transaction((): Outcome<Destination> => {
      sql.saveDestination.run(
        id,
        input.kind,
        JSON.stringify({ ...input, settings: rest }),
        box.seal(JSON.stringify(secrets), `destination/${id}`),
        clock(),
      )
      audit.record({
        actor,
        action: 'save-destination',
        subjectKind: 'settings',
        subjectId: id,
        details: { kind: input.kind, name: input.name, enabled: input.enabled, contact: input.contact, settings: rest },
      })
      events.tell({ topic: 'settings' })
      return ok(open(sql.destination.get(id)!))
    })()
  }

  function parse(value: unknown): Outcome<DestinationInput> {
    const parsed = destinationInputSchema.safeParse(value, inChinese)
    return parsed.success ? ok(parsed.data) : { ok: false, problem: invalidInput(parsed.error.issues) }
  }

  return {
    all: (): Destination[] => sql.destinations.all().map(open),
    get: (id: string): Destination | undefined => {
      const row = sql.destination.get(id)
      return row && open(row)
    },
    create: (input: DestinationInput, actor: Actor): Outcome<Destination> => save(randomUUID(), input, actor),

    /** Merges; a secret that is not given stays. Whatever paused the destination is forgotten: its settings were looked at. */
    change(id: string, change: Record<string, unknown>, actor: Actor): Outcome<Destination> {
      const row = sql.destination.get(id)
      if (!row) return fail('NOT-FOUND', { what: '目的地' })
      const { id: _id, paused: _paused, ...current } = open(row)
      const parsed = parse(mergeDeep(current, { ...change, kind: current.kind }))
      return parsed.ok ? save(id, parsed.value, actor) : parsed
    },

    /** Its own settings were refused: nothing more is sent until staff change them. */
    pause(id: string, { reason, reasonInEnglish, action, actionInEnglish }: Omit<TaskWhy, 'reasonCode'>): void {
      const why = { reason: reason ?? '', reasonInEnglish, action: action ?? '', actionInEnglish }
      sql.pauseDestination.run(JSON.stringify({ at: clock(), ...why }), id)
      events.tell({ topic: 'settings' })
    },

    /** A person wants it tried again as it is. */
    resume(id: string): void {
      sql.pauseDestination.run(null, id)
      events.tell({ topic: 'settings' })
    },

    remove(id: string, actor: Actor): Outcome<true> {
      return db.transaction((): Outcome<true> => {
        if (sql.removeDestination.run(id).changes === 0) return fail('NOT-FOUND', { what: '目的地' })
        audit.record({ actor, action: 'remove-destination', subjectKind: 'settings', subjectId: id })
        events.tell({ topic: 'settings' })
        return ok(true)
      })()
    },
  }
}

function splitSecrets(input: DestinationInput): { secrets: Record<string, unknown>; rest: Record<string, unknown> } {
  const names: readonly string[] = secretSettings[input.kind]
  const entries = Object.entries(input.settings)
  return {
    secrets: Object.fromEntries(entries.filter(([name]) => names.includes(name))),
    rest: Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
  }
}

/** What the API shows: no secret, only which ones are set. */
export function viewOfDestination(destination: Destination): DestinationView {
  const { secrets, rest } = splitSecrets(destination)
  return {
    id: destination.id,
    kind: destination.kind,
    name: destination.name,
    enabled: destination.enabled,
    ...(destination.contact && { contact: destination.contact }),
    settings: rest,
    secretsSet: Object.entries(secrets).flatMap(([name, value]) => (value ? [name] : [])),
    paused: destination.paused ?? null,
  }
}

/** A small thing that must survive a restart, sealed: the provincial token and its daily count. */
export function createSealedState(db: Database, box: SecretBox) {
  const sql = prepareSettingsSql(db)
  return {
    read(name: string): unknown {
      const sealed = sql.sealed.get(name)
      return sealed ? JSON.parse(box.open(sealed, `state/${name}`)) : undefined
    },
    write(name: string, value: unknown): void {
      sql.saveSealed.run(name, box.seal(JSON.stringify(value), `state/${name}`))
    },
  }
}
