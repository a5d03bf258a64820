import type { ReadAs } from '../../../shared/models/settings.ts'
import { leastConfidence } from '../../../shared/text/charset-doctor.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { prepareCharacterSetSql } from './character-set-sql.ts'
import type { CharacterSetSuspicion } from './suspect-character-set.ts'

export type CharacterSetFinding = {
  readonly callingAeTitle: string
  readonly declared: string
  readonly readAs: ReadAs
  readonly images: number
  /** The mean over its images. */
  readonly confidence: number
  readonly samples: readonly Sample[]
  readonly updatedAt: number
}
type Sample = { readonly asDeclared: string; readonly asProposed: string }

export type CharacterSetFindings = ReturnType<typeof createCharacterSetFindings>

const mostSamples = 5

/** What the charset doctor found, a row a device and declaration, until staff decide. */
export function createCharacterSetFindings(parts: {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
}) {
  const { clock, audit, events } = parts
  const sql = prepareCharacterSetSql(parts.db)

  return {
    /** Within the transaction that records the object. What staff dismissed stays dismissed. */
    add(callingAeTitle: string, suspicion: CharacterSetSuspicion): void {
      const known = sql.finding.get(callingAeTitle, suspicion.declared)
      const isSame = known?.read_as === suspicion.readAs
      // Two answers for one declaration: the surer one is shown.
      if (known && !isSame && known.confidence >= suspicion.confidence) return
      const images = isSame ? known.images + 1 : 1
      const confidence = isSame
        ? (known.confidence * known.images + suspicion.confidence) / images
        : suspicion.confidence
      const earlier: readonly Sample[] = isSame ? JSON.parse(known.samples) : []
      const samples = new Map([...earlier, ...suspicion.samples].map((sample) => [sample.asProposed, sample]))
      const kept = JSON.stringify([...samples.values()].slice(0, mostSamples))
      const { declared, readAs } = suspicion
      sql.saveFinding.run(callingAeTitle, declared, readAs, images, confidence, kept, clock())
      const becomesVisible = confidence >= leastConfidence && !(isSame && known.confidence >= leastConfidence)
      if (becomesVisible && !known?.decided) events.tell({ topic: 'settings' })
    },

    /** Whether stored headers of this device still say what another character set made of them. */
    isBeingReadAgain: (callingAeTitle: string): boolean => sql.isBeingRead.get(callingAeTitle) !== undefined,

    /** What is worth a look and not decided yet, newest first. */
    open: (): CharacterSetFinding[] =>
      sql.openFindings.all(leastConfidence).map((row) => ({
        callingAeTitle: row.calling_ae_title,
        declared: row.declared,
        readAs: row.read_as as ReadAs,
        images: row.images,
        confidence: row.confidence,
        samples: JSON.parse(row.samples),
        updatedAt: row.updated_at,
      })),

    /** Every finding of the device; false where it has none. */
    decide(callingAeTitle: string, decided: 'accepted' | 'dismissed', actor: Actor): boolean {
      const isKnown = sql.decide.run(decided, callingAeTitle).changes > 0
      if (!isKnown) return false
      audit.record({
        actor,
        action: decided === 'accepted' ? 'accept-character-set' : 'dismiss-character-set',
        subjectKind: 'settings',
        subjectId: callingAeTitle,
        details: {},
      })
      events.tell({ topic: 'settings' })
      return true
    },
  }
}
