import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { ReportVersion } from '../../../shared/models/report.ts'
import type { StationSettings } from '../../../shared/models/settings.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import type { SecretBox } from '../settings/secret-box.ts'
import { prepareInkSql } from './ink-sql.ts'
import { lookBy, type ReportLook, reportLookSchema } from './report-look.ts'

/** Whose picture: an account's signature, or the letterhead's logo. */
export type InkOwner = { readonly kind: 'account'; readonly id: string } | { readonly kind: 'logo' }

const nameOf = (owner: InkOwner) => (owner.kind === 'logo' ? 'logo' : `account/${owner.id}`)

export type PaperInk = ReturnType<typeof createPaperInk>

/**
 * Signatures, the logo, and how reports look. Nothing is written over: a released report shows the signatures and the logo of the moment
 * it was released, and keeps the letterhead under which its paper was first made.
 */
export function createPaperInk(deps: {
  readonly db: Database
  readonly box: SecretBox
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  readonly settings: () => StationSettings
}) {
  const { db, box, clock, audit, events, settings } = deps
  const sql = prepareInkSql(db)

  function add(owner: InkOwner, png: Buffer | undefined, by: Actor): void {
    const name = nameOf(owner)
    const verb = png ? 'save' : 'remove'
    db.transaction(() => {
      sql.add.run(name, clock(), by, png ? box.seal(png.toString('base64'), `ink/${name}`) : null)
      audit.record({
        actor: by,
        action: owner.kind === 'logo' ? `${verb}-logo` : `${verb}-signature`,
        subjectKind: owner.kind === 'logo' ? 'settings' : 'account',
        subjectId: owner.kind === 'logo' ? 'logo' : owner.id,
        details: png ? { bytes: png.length } : {},
      })
    })()
    events.tell({ topic: 'settings' })
  }

  return {
    /** `png`: made by `inkOf`. */
    save: (owner: InkOwner, png: Buffer, by: Actor): void => add(owner, png, by),
    remove: (owner: InkOwner, by: Actor): void => add(owner, undefined, by),

    /** The picture as it was at that moment (epoch milliseconds; absent: now); undefined where there was none. */
    read(owner: InkOwner, at = Number.MAX_SAFE_INTEGER): Buffer | undefined {
      const name = nameOf(owner)
      const picture = sql.at.get(name, at)?.picture
      return picture ? Buffer.from(box.open(picture, `ink/${name}`), 'base64') : undefined
    },

    /** By the settings of now, and for a released version by those under which its paper was first made. */
    lookOf(dossier: ExamDossier, report: ReportVersion): ReportLook {
      const now = () => lookBy(settings(), dossier)
      if (report.state !== 'released') return now()
      const kept = sql.look.get(report.examId, report.version)
      if (kept !== undefined) return reportLookSchema.parse(JSON.parse(kept))
      const look = now()
      sql.addLook.run(report.examId, report.version, JSON.stringify(look))
      return look
    },
  }
}
