import type { AuditLog } from '../people/audit-log.ts'
import type { RetrievedInstance } from './query-retrieve-matches.ts'

/** One row for each study that was given out, or asked for: to whom, how many objects, how many of them failed. */
export function recordRetrieve(
  audit: Pick<AuditLog, 'record'>,
  { callingAeTitle, destination }: { readonly callingAeTitle: string; readonly destination: string },
  asked: readonly RetrievedInstance[],
  sent: ReadonlySet<string>,
): void {
  for (const [studyInstanceUid, instances] of Map.groupBy(asked, (instance) => instance.studyInstanceUid)) {
    const given = instances.filter((instance) => sent.has(instance.sopInstanceUid)).length
    audit.record({
      actor: `ae:${callingAeTitle}`,
      action: 'retrieve-study',
      subjectKind: 'study',
      subjectId: studyInstanceUid,
      details: { destination, asked: instances.length, sent: given },
    })
  }
}
