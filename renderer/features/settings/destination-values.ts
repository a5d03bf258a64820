import type { DestinationView } from '../../../shared/api/settings-routes.ts'
import {
  aimisSettingsSchema,
  type DestinationKind,
  jilinSettingsSchema,
  secretSettings,
} from '../../../shared/models/destination.ts'

export type DestinationValues = {
  readonly name: string
  readonly enabled: boolean
  readonly contact?: DestinationView['contact']
  readonly settings: Readonly<Record<string, unknown>>
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Leaves out what was not filled in: an address that is '' is no address. */
function filled(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]): [string, unknown][] => {
      if (value === undefined || value === null || value === '') return []
      if (!isFields(value)) return [[key, typeof value === 'string' ? value.trim() : value]]
      const inner = filled(value)
      return Object.keys(inner).length > 0 ? [[key, inner]] : []
    }),
  )
}

/** The defaults of the models, so that form and station begin alike. */
const firstSettings: Readonly<Record<DestinationKind, Readonly<Record<string, unknown>>>> = {
  aimis: {
    serviceUrl: aimisSettingsSchema.shape.serviceUrl.parse(undefined),
    edition: aimisSettingsSchema.shape.edition.parse(undefined),
    signatureEncoding: aimisSettingsSchema.shape.signatureEncoding.parse(undefined),
    pdfAsDicom: false,
    callback: aimisSettingsSchema.shape.callback.parse(undefined),
    dicom: { port: 104 },
  },
  jilin: {
    sm2: jilinSettingsSchema.shape.sm2.parse(undefined),
    edition: jilinSettingsSchema.shape.edition.parse(undefined),
    narrativeLimit: jilinSettingsSchema.shape.narrativeLimit.parse(undefined),
    alsoExampleNames: false,
    holdMinutes: jilinSettingsSchema.shape.holdMinutes.parse(undefined),
  },
  pacs: { dicom: { port: 104 } },
}

export function firstValues(kind: DestinationKind, name: string): DestinationValues {
  return { name, enabled: true, settings: firstSettings[kind] }
}

export function valuesOfDestination({ name, enabled, contact, settings }: DestinationView): DestinationValues {
  return { name, enabled, ...(contact && { contact }), settings }
}

/** What was there and is no longer, as null: the station then forgets it. */
function emptied(before: Readonly<Record<string, unknown>>, after: Record<string, unknown>): Record<string, unknown> {
  const forgotten = Object.entries(before).flatMap(([key, old]): [string, unknown][] => {
    const now = after[key]
    if (now === undefined) return old === undefined || old === null || old === '' ? [] : [[key, null]]
    return isFields(old) && isFields(now) ? [[key, emptied(old, now)]] : []
  })
  return { ...after, ...Object.fromEntries(forgotten) }
}

/** What is sent. A secret that nobody typed is left out: the station keeps its own and never told it. */
export function destinationBody(
  kind: DestinationKind,
  before: DestinationValues | undefined,
  after: DestinationValues,
): Record<string, unknown> {
  const settings = emptied(before?.settings ?? {}, filled(after.settings))
  for (const secret of secretSettings[kind]) if (settings[secret] === null) delete settings[secret]
  // The password belongs to the web address: with another way of sending nobody would see that it is still kept.
  if (kind === 'pacs' && before && settings.dicomWebUrl === null) settings.password = null
  return {
    ...(before ? {} : { kind }),
    name: after.name,
    enabled: after.enabled,
    ...(after.contact && { contact: after.contact }),
    settings,
  }
}
