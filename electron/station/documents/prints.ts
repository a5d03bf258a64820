import { randomUUID } from 'node:crypto'
import type { PrintKind, PrintRecord } from '../../../shared/models/printing.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { preparePrintSql } from './print-sql.ts'

/** A paper that was made and may be on its way to a printer. */
export type Prepared = {
  readonly kind: PrintKind
  /** `withQr`: null for a paper that has none anyway. */
  readonly entries: readonly { readonly examId: string; readonly withQr: boolean | null }[]
}

export type HandedOver = {
  readonly how: 'silent' | 'dialog' | 'unconfirmed'
  readonly printer: string
  readonly copies: number
}

const ticketLifeMs = 60 * 60 * 1000
const mostTickets = 2000

export type Prints = ReturnType<typeof createPrints>

/** What went on paper: counted and audited once it is with a printer or the print dialog. Cards without QR wait to be printed again. */
export function createPrints(deps: {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
}) {
  const { db, clock, audit, events } = deps
  const sql = preparePrintSql(db)
  /** Papers that were made, by ticket, oldest first. */
  const tickets = new Map<string, Prepared & { readonly at: number }>()

  function forgetOld(): void {
    for (const [ticket, { at }] of tickets) {
      if (tickets.size <= mostTickets && clock() - at < ticketLifeMs) break
      tickets.delete(ticket)
    }
  }

  return {
    /** The ticket with which `done` says that it was printed. */
    prepared(paper: Prepared): string {
      forgetOld()
      const ticket = randomUUID()
      tickets.set(ticket, { ...paper, at: clock() })
      return ticket
    },

    /** Counts what the ticket stands for, each time it is printed. NOT-FOUND for a ticket that is unknown or over. */
    done(ticket: string, by: Actor, handed: HandedOver): Outcome<true> {
      forgetOld()
      const paper = tickets.get(ticket)
      if (!paper) return fail('NOT-FOUND', { what: '打印任务' })
      count(paper, by, handed)
      return ok(true)
    },

    /** A paper that was not made here and needed no ticket. */
    count,

    /** A paper about no single exam: the day sheet. */
    sheetDone: (kind: PrintKind, by: Actor, handed: HandedOver): void => noteSheet(kind, by, handed),

    /** How often each paper of these exams was printed; exams that were not are left out. */
    printsOf(examIds: readonly string[]): ReadonlyMap<string, { readonly card: number; readonly report: number }> {
      const counts = new Map<string, { card: number; report: number }>()
      for (const { exam_id: examId, kind, times } of sql.counts.all(JSON.stringify(examIds))) {
        const count = counts.get(examId) ?? { card: 0, report: 0 }
        if (kind === 'card' || kind === 'report') count[kind] = times
        counts.set(examId, count)
      }
      return counts
    },

    /** When the report was first printed since then, and who did; undefined while nobody has. */
    firstOfReport: (examId: string, since: number): { readonly at: number; readonly by: string } | undefined =>
      sql.firstReport.get(examId, since),

    /** Newest first. */
    ofExam: (examId: string): PrintRecord[] =>
      sql.ofExam
        .all(examId)
        .map(({ with_qr: withQr, ...row }) => ({ ...row, withQr: withQr === null ? null : withQr === 1 })),

    /** Exams whose last card went out without QR, oldest first. */
    reprints: (): readonly { readonly examId: string; readonly printedAt: number }[] =>
      sql.reprints.all().map((row) => ({ examId: row.exam_id, printedAt: row.printed_at })),

    /** A person says that this card need not be printed again. */
    dropReprint(examId: string, by: Actor): Outcome<true> {
      return db.transaction((): Outcome<true> => {
        if (sql.dropReprint.run(examId).changes === 0) return fail('NOT-FOUND', { what: '待补打的检查卡' })
        audit.record({ actor: by, action: 'drop-reprint', subjectKind: 'exam', subjectId: examId })
        return ok(true)
      })()
    },
  }

  function count({ kind, entries }: Prepared, by: Actor, { how, printer, copies }: HandedOver): void {
    const at = clock()
    db.transaction(() => {
      for (const { examId, withQr } of entries) {
        sql.add.run(examId, kind, at, by, withQr === null ? null : Number(withQr), copies, printer)
        if (kind === 'card' && withQr) sql.dropReprint.run(examId)
        if (kind === 'card' && withQr === false) sql.addReprint.run(examId, at)
        audit.record({
          actor: by,
          action: `print-${kind}`,
          subjectKind: 'exam',
          subjectId: examId,
          details: { how, copies, printer, ...(withQr === null ? {} : { withQr }) },
        })
      }
      if (entries.length === 0) noteSheet(kind, by, { how, printer, copies })
    })()
    for (const { examId } of entries) events.tell({ topic: 'exams', id: examId })
  }

  function noteSheet(kind: PrintKind, by: Actor, handed: HandedOver): void {
    audit.record({ actor: by, action: `print-${kind}`, subjectKind: 'station', subjectId: 'station', details: handed })
  }
}
