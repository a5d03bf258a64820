import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { deviceRoutes } from '../../../shared/api/device-routes.ts'
import type { BodyOf } from '../../../shared/api/route.ts'
import { type Outcome, ok } from '../../../shared/problems/problem.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../db/open-database.ts'
import type { Events } from '../events.ts'
import type { Actor, AuditLog } from '../people/audit-log.ts'
import { certificatesIn, checkDicomTls, type DicomTlsSettings, privateKeyIn } from './check-dicom-tls.ts'
import { createSealedState } from './destinations.ts'
import type { SecretBox } from './secret-box.ts'

/** 2762: dicom-tls, PS3.8 9.1.1. */
const keptSchema = z.object({
  enabled: z.boolean().default(false),
  port: z.number().default(2762),
  clientCertificate: z.enum(['none', 'required']).default('none'),
  only: z.boolean().default(false),
  certificate: z.string().default(''),
  privateKey: z.string().default(''),
  authorities: z.string().default(''),
})

export type DicomTlsChange = BodyOf<typeof deviceRoutes.dicomTlsChange>
export type DicomTlsStore = ReturnType<typeof createDicomTlsStore>

type Parts = {
  readonly db: Database
  readonly box: SecretBox
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: Events
  /** The port without TLS. */
  readonly plainPort: number
}

/** The settings of DICOM over TLS, sealed as a whole: the private key leaves this file only towards the receiver. */
export function createDicomTlsStore({ db, box, clock, audit, events, plainPort }: Parts) {
  const sealed = createSealedState(db, box)
  let kept: DicomTlsSettings = keptSchema.parse(sealed.read('dicom-tls') ?? {})

  return {
    read: (): DicomTlsSettings => kept,

    /** Merges; a private key that is not given stays. Settings that cannot work change nothing. */
    change(change: DicomTlsChange, actor: Actor): Outcome<DicomTlsSettings> {
      const pasted =
        privateKeyIn(change.privateKey ?? '') || change.privateKey || privateKeyIn(change.certificate ?? '')
      const wanted: DicomTlsSettings = {
        ...kept,
        ...change,
        ...(change.certificate !== undefined && { certificate: certificatesOnly(change.certificate) }),
        ...(change.authorities !== undefined && { authorities: certificatesOnly(change.authorities) }),
        privateKey: pasted || (change.privateKey ?? kept.privateKey),
      }
      const problem = checkDicomTls(wanted, clock(), plainPort)
      if (problem) return { ok: false, problem }
      db.transaction(() => {
        sealed.write('dicom-tls', wanted)
        audit.record({
          actor,
          action: 'change-dicom-tls',
          subjectKind: 'settings',
          subjectId: 'dicom-tls',
          details: forAudit(wanted, wanted.privateKey !== kept.privateKey),
        })
      })()
      kept = wanted
      events.tell({ topic: 'settings' })
      return ok(kept)
    },
  }
}

/** What is no certificate stays as it is, to be refused. */
const certificatesOnly = (pem: string): string => certificatesIn(pem).join('\n') || pem.trim()

function forAudit(
  { enabled, port, clientCertificate, only, certificate, authorities }: DicomTlsSettings,
  newKey: boolean,
) {
  const digest = (pem: string) => createHash('sha256').update(pem).digest('hex').slice(0, 16)
  return {
    enabled,
    port,
    clientCertificate,
    only,
    certificate: certificate && digest(certificate),
    authorities: certificatesIn(authorities).map(digest),
    newKey,
  }
}
