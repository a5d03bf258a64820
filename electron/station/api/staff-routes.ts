import { routes } from '../../../shared/api/routes.ts'
import { auditActionWords } from '../../../shared/models/audit-action.ts'
import type { AuditSearch } from '../../../shared/models/staff.ts'
import { ok } from '../../../shared/problems/problem.ts'
import { chinaDateTime, readChinaTime } from '../../../shared/text/china-time.ts'
import type { AuditRow } from '../people/audit-log.ts'
import { untilDrained } from '../until-drained.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { type AuditNames, auditNames, auditSubjects } from './audit-subjects.ts'
import { csvLine } from './csv-line.ts'

const pageSize = 100
const exportSlice = 500
const dayMilliseconds = 24 * 60 * 60 * 1000

/** People's own passwords; the audit log as administrators look through it; the backup. */
export function answerStaff(answer: Answer, rooms: ApiRooms): void {
  const { sessions, audit, backup } = rooms
  const subjectsOf = async ({ text }: AuditSearch) => (text ? await auditSubjects(rooms, text) : [])
  answer(routes.passwordChange, async ({ user, token, body }) => {
    const changed = await sessions.changePassword(user, token, body.current, body.next)
    return changed.ok ? ok({ done: true as const }) : changed
  })
  answer(routes.sessionUnlock, async ({ user, body }) => {
    const confirmed = await sessions.confirm(user, body.password)
    return confirmed.ok ? ok({ done: true as const }) : confirmed
  })

  answer(routes.auditSearch, async ({ query }) => {
    const found = audit.search(wanted(query, pageSize, await subjectsOf(query)))
    const names = auditNames(rooms)
    const rows = found.map((row) => ({ ...row, actorName: names.actor(row.actor), subjectName: names.subject(row) }))
    return ok({ rows, next: rows.length === pageSize ? rows.at(-1)!.id : null, ...audit.choices() })
  })
  answer(routes.auditExport, async ({ query: { language = 'zh-CN', ...query }, user, reply }) => {
    audit.record({
      actor: user.username,
      action: 'export-audit',
      subjectKind: 'station',
      subjectId: 'audit',
      details: query,
    })
    const subjects = await subjectsOf(query)
    const names = auditNames(rooms)
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.csv"',
      'cache-control': 'no-store',
    })
    raw.write(`\ufeff${csvLine(heads[language])}`)
    for (let before: number | undefined; !raw.destroyed; ) {
      const rows = audit.search(wanted({ ...query, before }, exportSlice, subjects))
      if (!raw.write(rows.map((row) => asLine(row, names, language)).join(''))) await untilDrained(raw)
      if (rows.length < exportSlice) break
      before = rows.at(-1)!.id
    }
    raw.end()
    return ok(answered)
  })
  answer(routes.auditCheck, () => ok({ rows: audit.count(), firstBroken: audit.firstBrokenRow() ?? null }))

  answer(routes.backupRead, () => ok(backup.status()))
  answer(routes.backupNow, async ({ user }) => ok(await backup.now(user.username)))
}

function wanted(query: AuditSearch, most: number, subjects: readonly string[]) {
  return {
    before: query.before ?? null,
    actor: query.actor || null,
    action: query.action || null,
    from: query.from ? readChinaTime(query.from)! : null,
    to: query.to ? readChinaTime(query.to)! + dayMilliseconds : null,
    text: query.text ? query.text.toLowerCase() : null,
    subjects: JSON.stringify(subjects),
    most,
  }
}

const heads = {
  'zh-CN': ['编号', '时间', '人', '姓名', '动作', '动作说明', '对象', '对象名称', '对象编号', '内容'],
  en: ['No.', 'Time', 'User', 'Name', 'Action', 'In words', 'Subject', 'Subject name', 'Subject no.', 'Details'],
} as const

/** Times are the clinic's. */
const asLine = (row: AuditRow, names: AuditNames, language: keyof typeof heads): string =>
  csvLine([
    String(row.id),
    chinaDateTime(row.at),
    row.actor,
    names.actor(row.actor) ?? '',
    row.action,
    auditActionWords(row.action, language),
    row.subjectKind,
    names.subject(row) ?? '',
    row.subjectId,
    JSON.stringify(row.details),
  ])
