import { randomUUID } from 'node:crypto'
import {
  type Device,
  type DeviceInput,
  deviceInputSchema,
  type Institution,
  type InstitutionInput,
  institutionInputSchema,
  type StationSettings,
  stationSettingsSchema,
} from '../../../shared/models/settings.ts'
import { fail, failAt, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { checkNumbering } from './check-numbering.ts'
import { hostKind } from './device-host.ts'
import { inChinese, invalidInput } from './issue-words.ts'
import { mergeDeep } from './merge-deep.ts'
import { prepareSettingsSql } from './settings-sql.ts'
import { whatChanged } from './what-changed.ts'

export type Settings = ReturnType<typeof createSettings>

/** The station's settings, its institutions and the devices that may connect. */
export function createSettings(db: Database, audit: AuditLog, events: Events) {
  const sql = prepareSettingsSql(db)
  let known: { readonly text: string; readonly value: StationSettings } | undefined
  const institutions = (): Institution[] =>
    sql.institutions.all().map((row) => ({ ...institutionInputSchema.parse(JSON.parse(row.value)), id: row.id }))
  const toDevice = (row: { id: string; value: string }): Device => ({
    ...deviceInputSchema.parse(JSON.parse(row.value)),
    id: row.id,
  })

  /** Asked many times a second: the same text is looked into once. */
  function read(): StationSettings {
    const text = sql.settings.get() ?? '{}'
    if (known?.text !== text) known = { text, value: stationSettingsSchema.parse(JSON.parse(text)) }
    return known.value
  }

  function note(actor: Actor, action: string, subjectId: string, details: Record<string, unknown>): void {
    audit.record({ actor, action, subjectKind: 'settings', subjectId, details })
    events.tell({ topic: 'settings' })
  }

  return {
    read,

    /** Merges what it is given; a value that is not allowed changes nothing. */
    change(change: Record<string, unknown>, actor: Actor): Outcome<StationSettings> {
      const parsed = stationSettingsSchema.safeParse(mergeDeep(read(), change), inChinese)
      if (!parsed.success) return { ok: false, problem: invalidInput(parsed.error.issues) }
      const unusable = checkNumbering(parsed.data.numbering)
      if (unusable) return { ok: false, problem: unusable }
      db.transaction(() => {
        const changes = whatChanged(read(), parsed.data)
        sql.saveSettings.run(JSON.stringify(parsed.data))
        // Of what was kept, never of what was given: a key we do not know could carry anything.
        note(actor, 'change-settings', 'station', changes)
      })()
      return ok(parsed.data)
    },

    institutions,
    institution: (id: string): Institution | undefined => institutions().find((institution) => institution.id === id),
    saveInstitution(input: InstitutionInput, actor: Actor, id = randomUUID() as string): Institution {
      return db.transaction(() => {
        sql.saveInstitution.run(id, JSON.stringify(input))
        note(actor, 'save-institution', id, input)
        return { ...input, id }
      })()
    },

    /** How the text of what an AE title sends is read; as declared where nobody said otherwise. */
    readAsOf(aeTitle: string): Device['readAs'] {
      const row = sql.deviceByAeTitle.get(aeTitle)
      return row ? toDevice(row).readAs : 'declared'
    },
    devices: (): Device[] => sql.devices.all().map(toDevice),
    saveDevice(input: DeviceInput, actor: Actor, id = randomUUID() as string): Outcome<Device> {
      if (hostKind(input.host) === 'unusable') return failAt('host', 'DEVICE-HOST', { host: input.host })
      return db.transaction((): Outcome<Device> => {
        const holder = sql.deviceByAeTitle.get(input.aeTitle)
        if (holder && holder.id !== id) return failAt('aeTitle', 'AE-TITLE-TAKEN', { aeTitle: input.aeTitle })
        sql.saveDevice.run(id, input.aeTitle, JSON.stringify(input))
        note(actor, 'save-device', id, input)
        return ok({ ...input, id })
      })()
    },
    removeDevice(id: string, actor: Actor): Outcome<true> {
      return db.transaction((): Outcome<true> => {
        if (sql.removeDevice.run(id).changes === 0) return fail('NOT-FOUND', { what: '设备' })
        note(actor, 'remove-device', id, {})
        return ok(true)
      })()
    },
  }
}
