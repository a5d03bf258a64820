import type { Account } from '../../../shared/models/account.ts'
import type { Exam } from '../../../shared/models/exam.ts'
import type { KeyPicture } from '../../../shared/models/key-picture.ts'
import type { ReportVersion } from '../../../shared/models/report.ts'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import type { KeyImage } from '../../../shared/models/writing.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import { inTransaction, must } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { AuditLog } from '../people/audit-log.ts'
import { type KeyImageSqlRow, prepareKeyImageSql } from './key-image-sql.ts'
import { mayWrite } from './report-step.ts'

/** A picture that fits on paper, or why there is none. */
type Drawn =
  | { readonly kind: 'paper'; readonly jpeg: Buffer; readonly width: number; readonly height: number }
  | { readonly kind: 'cannot'; readonly reason: string }

export type KeyImagesDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  /** The newest version of an exam's report. */
  readonly reportOf: (examId: string) => ReportVersion | undefined
  /** Refused while somebody else is writing the report. */
  readonly mayWriteNow: (examId: string, username: string) => Outcome<unknown>
  /** The images that are attached to the exam now. */
  readonly instancesOf: (examId: string) => readonly Pick<InstanceFacts, 'id' | 'numberOfFrames'>[]
  readonly draw: {
    /** `frame` from 0. */
    readonly ofFrame: (
      instanceId: string,
      frame: number,
      window: { readonly windowCenter?: number | undefined; readonly windowWidth?: number | undefined },
    ) => Promise<Drawn>
    readonly ofJpeg: (jpeg: Buffer) => Promise<Drawn>
  }
}

export type KeyImages = ReturnType<typeof createKeyImages>

/**
 * The images that stand in a report. They belong to its version: an amendment begins with those of the version before, and what was
 * released keeps the very bytes that were chosen, whatever becomes of the images.
 */
export function createKeyImages(deps: KeyImagesDeps) {
  const { db, clock, audit, events, reportOf, instancesOf, draw } = deps
  const sql = prepareKeyImageSql(db)

  /** An image that was moved to another exam since may be another person's: it is left out until the report is released. */
  function rowsOf(examId: string, version = reportOf(examId)?.version ?? 1): KeyImageSqlRow[] {
    const rows = sql.of(examId, version)
    const newest = reportOf(examId)
    if (rows.length === 0 || (newest && (version < newest.version || newest.state === 'released'))) return rows
    const own = new Set(instancesOf(examId).map(({ id }) => id))
    return rows.filter((row) => own.has(row.instance_id))
  }

  function mayBeChosen(exam: Exam, actor: Account): Outcome<unknown> {
    if (exam.cancelled) return fail('EXAM-CANCELLED')
    const may = mayWrite(reportOf(exam.id))
    return may.ok ? deps.mayWriteNow(exam.id, actor.username) : may
  }

  function whyNot(images: readonly KeyImage[], examId: string): Outcome<true> {
    const own = new Map(instancesOf(examId).map((instance) => [instance.id, instance]))
    for (const [index, { instanceId, frame }] of images.entries()) {
      const instance = own.get(instanceId)
      if (!instance) return refused(index, '它不是本检查的影像')
      if (frame > instance.numberOfFrames) return refused(index, `该影像没有第 ${frame} 帧`)
    }
    return ok(true)
  }

  async function drawn(image: KeyImage, known: readonly KeyImageSqlRow[]): Promise<KeyImageSqlRow | undefined> {
    const picture = image.picture === undefined ? null : Buffer.from(image.picture, 'base64')
    const row = {
      instance_id: image.instanceId,
      frame: image.frame,
      caption: image.caption,
      window_center: image.windowCenter ?? null,
      window_width: image.windowWidth ?? null,
      picture,
    }
    const same = known.find((one) => isSamePicture(one, row))
    if (same) return { ...same, ...row }
    const paper = picture ? await draw.ofJpeg(picture) : await draw.ofFrame(image.instanceId, image.frame - 1, image)
    if (paper.kind === 'cannot') return undefined
    return { ...row, paper: paper.jpeg, paper_width: paper.width, paper_height: paper.height }
  }

  return {
    /** Of the newest version; the pictures that the desk gave are in it. */
    list: (examId: string): KeyImage[] => rowsOf(examId).map(toKeyImage),

    /** The whole list, at most 8, in the order of the report. Refused where the report may not be written now. */
    async save(exam: Exam, images: readonly KeyImage[], actor: Account): Promise<Outcome<KeyImage[]>> {
      const may = mayBeChosen(exam, actor)
      if (!may.ok) return may
      const fit = whyNot(images, exam.id)
      if (!fit.ok) return fit
      const known = rowsOf(exam.id)
      const rows: KeyImageSqlRow[] = []
      for (const [index, image] of images.entries()) {
        const row = await drawn(image, known)
        if (!row) return refused(index, image.picture ? '图片不是完好的 JPEG' : '该帧不能显示')
        rows.push(row)
      }
      return inTransaction(db, () => {
        // While pictures were drawn the report may have gone on, or an image to another exam.
        const report = reportOf(exam.id)
        must(mayBeChosen(exam, actor))
        must(whyNot(images, exam.id))
        const version = report?.version ?? 1
        sql.replace(exam.id, version, clock(), actor.username, rows)
        audit.record({
          actor: actor.username,
          action: 'save-key-images',
          subjectKind: 'exam',
          subjectId: exam.id,
          details: { version, images: rows.map((row) => ({ instanceId: row.instance_id, frame: row.frame })) },
        })
        events.tell({ topic: 'reports', id: exam.id })
        return rows.map(toKeyImage)
      })
    },

    /** For documents: the pictures of a version of the report, of the newest where none is named. */
    picturesOf: (examId: string, version?: number): KeyPicture[] =>
      rowsOf(examId, version).map((row) => ({
        caption: row.caption,
        jpeg: row.paper,
        width: row.paper_width,
        height: row.paper_height,
      })),

    /** Called in the transaction that releases a report: what was moved away from the exam by then is not released with it. */
    keepReleased(examId: string): void {
      const report = reportOf(examId)
      if (report?.state !== 'released') return
      const rows = sql.of(examId, report.version)
      const own = new Set(instancesOf(examId).map(({ id }) => id))
      const kept = rows.filter((row) => own.has(row.instance_id))
      if (kept.length < rows.length) sql.replace(examId, report.version, clock(), 'station', kept)
    },
  }
}

const refused = (index: number, why: string) => fail('KEY-IMAGE', { number: index + 1, why })

/** Drawn once, and not again when only the order or a caption changed. */
function isSamePicture(known: KeyImageSqlRow, wanted: Omit<KeyImageSqlRow, 'paper' | 'paper_width' | 'paper_height'>) {
  if (known.instance_id !== wanted.instance_id || known.frame !== wanted.frame) return false
  if (known.picture || wanted.picture)
    return known.picture !== null && wanted.picture !== null && known.picture.equals(wanted.picture)
  return known.window_center === wanted.window_center && known.window_width === wanted.window_width
}

function toKeyImage(row: KeyImageSqlRow): KeyImage {
  return {
    instanceId: row.instance_id,
    frame: row.frame,
    caption: row.caption,
    ...(row.window_center !== null && { windowCenter: row.window_center }),
    ...(row.window_width !== null && { windowWidth: row.window_width }),
    ...(row.picture && { picture: row.picture.toString('base64') }),
  }
}
