import { assertNever } from '../../../shared/assert-never.ts'
import type { CloudReason } from '../../../shared/clouds/cloud-outcome.ts'
import { type Sm2Trial, sm2Combinations } from '../../../shared/clouds/jilin/sm2-check.ts'
import type { Sm2Form } from '../../../shared/clouds/jilin/sm2-field.ts'
import { lookAtCertificate, type SeenCertificate } from '../../../shared/clouds/look-at-certificate.ts'
import type { Destination } from '../../../shared/models/destination.ts'
import type { CodedName } from '../../../shared/models/exam.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
import type { Clock } from '../clock.ts'
import type { CloudClients } from './cloud-clients.ts'
import type { DestinationOf } from './delivery.ts'
import type { Person } from './lookup-asker.ts'

export type DestinationCare = ReturnType<typeof createDestinationCare>

export type SeenAddress = { readonly url: string } & (Omit<SeenCertificate, 'kind'> | { readonly failed: CloudReason })

export type TriedForm = Sm2Form & Sm2Trial & { readonly isCurrent: boolean }

/** What staff look after at a destination: its certificate, the day's tokens, how identity numbers are written for it. */
export function createDestinationCare(deps: {
  readonly clock: Clock
  readonly clients: Pick<CloudClients, 'jilin'>
  readonly department: () => CodedName
  readonly mac: () => string
}) {
  return {
    /** The certificate behind each https address of the destination. Only the handshake is made. */
    async certificates(destination: Destination): Promise<SeenAddress[]> {
      const trust = 'tls' in destination.settings ? destination.settings.tls : undefined
      const looks = addressesOf(destination).map(async (url): Promise<SeenAddress> => {
        const look = await lookAtCertificate(url, trust ? { trust } : {})
        if (look.kind === 'failed') return { url, failed: look.reason }
        const { kind: _, ...seen } = look
        return { url, ...seen }
      })
      return Promise.all(looks)
    },

    tokenGauge: (destination: DestinationOf<'jilin'>) => deps.clients.jilin(destination).tokenGauge(),

    /** Asks the platform about a test person in every way to write the number, one after the other. Needs one token. */
    async trySm2(
      destination: DestinationOf<'jilin'>,
      testPerson: { readonly name: string; readonly identityNumber: string },
      asker: Person,
    ): Promise<TriedForm[]> {
      const client = deps.clients.jilin(destination)
      const { order, encoding, prefix04 } = destination.settings.sm2
      const department = deps.department()
      const tried: TriedForm[] = []
      for (const form of sm2Combinations()) {
        const trial = await client.trySm2(form, {
          patientName: testPerson.name,
          idCardNo: testPerson.identityNumber.toUpperCase(),
          checkStartTime: chinaDateTime(deps.clock() - 24 * 3600_000),
          checkEndTime: chinaDateTime(deps.clock()),
          queryDocName: asker.displayName,
          // A first set-up is done by an administrator, who need not be a doctor.
          queryDocCode: asker.doctorCode || '0',
          queryDeptName: department.name,
          queryDeptCode: department.code,
          mac: deps.mac(),
        })
        const isCurrent = form.order === order && form.encoding === encoding && form.prefix04 === prefix04
        tried.push({ ...form, ...trial, isCurrent })
      }
      return tried
    },
  }
}

function addressesOf(destination: Destination): string[] {
  return httpAddressesOf(destination).flatMap((address) => (address?.startsWith('https:') ? [address] : []))
}

function httpAddressesOf(destination: Destination): (string | undefined)[] {
  switch (destination.kind) {
    case 'aimis':
      return [destination.settings.gatewayUrl, destination.settings.serviceUrl]
    case 'jilin':
      return [destination.settings.baseUrl]
    case 'pacs':
      return [destination.settings.dicomWebUrl]
    default:
      return assertNever(destination)
  }
}
