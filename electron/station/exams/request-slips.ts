import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RequestSlip } from '../../../shared/models/registration.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import { inTransaction } from '../db/in-transaction.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { judgeSlip, slipLimits } from './request-slip-content.ts'
import { prepareRequestSlipSql, toRequestSlip } from './request-slip-sql.ts'

export type RequestSlipsDeps = {
  readonly db: Database
  /** Made when the first photo comes. */
  readonly folder: string
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  /** Makes names in a folder survive a power cut. */
  readonly syncFolder: (folder: string) => Promise<void>
}

export type RequestSlips = ReturnType<typeof createRequestSlips>

/** Photos of request slips (申请单): on the disk for good before they are acknowledged, never changed, erased only by an administrator. */
export function createRequestSlips({ db, folder, clock, audit, events, syncFolder }: RequestSlipsDeps) {
  const sql = prepareRequestSlipSql(db)
  // The name is our own id, never one from the wire.
  const fileOf = (id: string) => join(folder, id)
  const missing = fail('NOT-FOUND', { what: '这张申请单照片' })

  async function keep(id: string, bytes: Buffer): Promise<void> {
    if ((await mkdir(folder, { recursive: true })) !== undefined) await syncFolder(join(folder, '..'))
    const part = `${fileOf(id)}.part`
    const file = await open(part, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, fileOf(id))
    await syncFolder(folder)
  }

  function mayAdd(examId: string): Outcome<true> {
    const cancelled = sql.exam.get(examId)
    if (cancelled === undefined) return fail('NOT-FOUND', { what: '检查' })
    if (cancelled === 1) return fail('EXAM-CANCELLED')
    const there = sql.ofExam.all(examId).filter((row) => row.removed_at === null)
    return there.length >= slipLimits.perExam ? fail('SLIP-TOO-MANY', { limit: slipLimits.perExam }) : ok(true)
  }

  const refusal = (file: string) =>
    fail('SLIP-TOO-LARGE', {
      file,
      megabytes: slipLimits.bytes / 1024 / 1024,
      pixels: slipLimits.pixels,
    })

  return {
    /** Also those that were taken out, with their reason. */
    ofExam: (examId: string): RequestSlip[] => sql.ofExam.all(examId).map(toRequestSlip),

    mayAdd,
    tooLarge: refusal,

    /** `name` serves the words of a refusal only. The same picture twice is one. */
    async add(examId: string, name: string, bytes: Buffer, actor: Actor): Promise<Outcome<RequestSlip>> {
      const may = mayAdd(examId)
      if (!may.ok) return may
      const judged = judgeSlip(bytes)
      if (judged.kind === 'too-large') return refusal(name)
      if (judged.kind === 'not-a-picture') return fail('SLIP-TYPE', { file: name })
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const same = sql.same.get(examId, sha256)
      if (same) return ok(toRequestSlip(same))
      const id = randomUUID()
      await keep(id, bytes)
      const { mediaType, width, height } = judged.content
      return inTransaction(db, () => {
        sql.insert.run(id, examId, mediaType, bytes.length, width, height, sha256, clock(), actor)
        audit.record({
          actor,
          action: 'add-request-slip',
          subjectKind: 'exam',
          subjectId: examId,
          details: { slip: id, sizeBytes: bytes.length, sha256 },
        })
        events.tell({ topic: 'exams', id: examId })
        return toRequestSlip(sql.get.get(id)!)
      })
    },

    async read(id: string): Promise<Outcome<{ readonly mediaType: string; readonly bytes: Buffer }>> {
      const row = sql.get.get(id)
      if (!row) return missing
      const bytes = await readFile(fileOf(row.id)).catch(() => undefined)
      return bytes ? ok({ mediaType: row.media_type, bytes }) : missing
    },

    /** Out of sight, with a reason; the file stays. */
    remove(id: string, reason: string, actor: Actor): Outcome<RequestSlip> {
      const row = sql.get.get(id)
      if (!row || row.removed_at !== null) return missing
      return inTransaction(db, () => {
        sql.remove.run(clock(), actor, reason, id)
        audit.record({
          actor,
          action: 'remove-request-slip',
          subjectKind: 'exam',
          subjectId: row.exam_id,
          details: { slip: id, reason },
        })
        events.tell({ topic: 'exams', id: row.exam_id })
        return toRequestSlip(sql.get.get(id)!)
      })
    },

    /** For good, of what was taken out before. The row and the audit log keep that it was there. */
    async erase(id: string, reason: string, actor: Actor): Promise<Outcome<{ done: true }>> {
      const row = sql.get.get(id)
      if (!row || row.removed_at === null) return missing
      const erased = inTransaction(db, () => {
        sql.erase.run(clock(), id)
        audit.record({
          actor,
          action: 'erase-request-slip',
          subjectKind: 'exam',
          subjectId: row.exam_id,
          details: { slip: id, reason, sha256: row.sha256 },
        })
        events.tell({ topic: 'exams', id: row.exam_id })
        return { done: true } as const
      })
      if (erased.ok) await rm(fileOf(row.id), { force: true })
      return erased
    },
  }
}
