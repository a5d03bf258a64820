import type { z } from 'zod'
import type { preflightLineSchema } from '../../../shared/api/cloud-care-routes.ts'
import type { Account } from '../../../shared/models/account.ts'
import type { ReportVersion } from '../../../shared/models/report.ts'

export type PreflightLine = z.infer<typeof preflightLineSchema>

/** Where on the desk a line is mended. */
export type Fix =
  | { readonly kind: 'registration'; readonly path: readonly string[] }
  | { readonly kind: 'report'; readonly field: string }
  | { readonly kind: 'address'; readonly address: string }

export type FixFacts = {
  /** Of the destination that the line is about. */
  readonly destinationKind: string | undefined
  readonly report: Pick<ReportVersion, 'reportDoctor' | 'auditDoctor'> | undefined
  readonly accounts: readonly Pick<Account, 'displayName' | 'doctorCode'>[]
}

/** Made by the station: nobody can type another one. */
const notTyped = ['patientId', 'accessionNumber', 'studyInstanceUid', 'registeredAt', 'registeredBy', 'age']
const coded = ['applyDepartment', 'applyDoctor', 'examDepartment', 'examDoctor', 'ward']

/** Undefined: nobody at the desk can mend it, it comes with the images. */
export function fixOf(line: PreflightLine, { destinationKind, report, accounts }: FixFacts): Fix | undefined {
  const { kind, field = '' } = line.place
  switch (kind) {
    case 'patient':
    case 'exam':
      if (notTyped.includes(field)) return undefined
      return { kind: 'registration', path: registrationPath(kind, field, line.field) }
    case 'report':
      return { kind: 'report', field: field === 'pdf' ? 'findings' : field }
    case 'account': {
      const doctor = /audit/i.test(line.field) ? 'auditDoctor' : 'reportDoctor'
      const written = report?.[doctor]
      // What the account says may have been mended already: then it is chosen anew in the report.
      const isAsInAccount = accounts.some(
        (account) => account.displayName === written?.name && account.doctorCode === written.code,
      )
      return isAsInAccount ? { kind: 'address', address: '/people' } : { kind: 'report', field: doctor }
    }
    case 'institution':
      return { kind: 'address', address: '/settings/institutions' }
    case 'settings':
      return { kind: 'address', address: `/settings/${destinationKind ?? 'general'}` }
    default:
      return undefined
  }
}

/** `wire`: the name on the wire says whether it is the code or the name of a doctor or department. */
function registrationPath(room: 'patient' | 'exam', field: string, wire: string): readonly string[] {
  if (room === 'patient' && field === 'identity') return ['patient', 'identity', 'number']
  if (room === 'exam' && coded.includes(field)) return ['exam', field, /(code|id|no)$/i.test(wire) ? 'code' : 'name']
  return [room, field]
}

export const severities = ['blocks', 'warns', 'recommended'] as const satisfies readonly PreflightLine['severity'][]

export type PreflightGroup = {
  readonly destinationId: string
  readonly destinationName: string
  readonly lines: readonly PreflightLine[]
}

const gravity = (line: PreflightLine | undefined) => (line ? severities.indexOf(line.severity) : severities.length)

/** One group a destination; the gravest first, among them and within one. */
export function groupsOf(lines: readonly PreflightLine[]): readonly PreflightGroup[] {
  const ids = [...new Set(lines.map((line) => line.destinationId))]
  return ids
    .map((destinationId) => {
      const own = lines
        .filter((line) => line.destinationId === destinationId)
        .toSorted((a, b) => gravity(a) - gravity(b))
      return { destinationId, destinationName: own[0]?.destinationName ?? '', lines: own }
    })
    .toSorted((a, b) => gravity(a.lines[0]) - gravity(b.lines[0]))
}

export function blocksOf(lines: readonly PreflightLine[]): readonly PreflightLine[] {
  return lines.filter((line) => line.severity === 'blocks')
}
