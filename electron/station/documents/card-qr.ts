import type { AddressVerdict } from './judge-address.ts'
import { isScannableAddress, type ProvenQr, proveAddress, proveGatewayPicture } from './proven-qr.ts'

/** What a card's QR may be made of: the gateway's picture (PNG, Base64 or bytes), the film's address. */
export type CodeSources = {
  readonly qrPng?: string | Uint8Array | undefined
  readonly filmUrl?: string | undefined
}

/** Whether an address answers, within seconds; it never fails. */
export type AskAnswers = (address: string) => Promise<AddressVerdict>

/** The QR that a card may carry, proven by reading it; undefined where there is nothing to make one of yet. */
export function provenQrOf({ qrPng, filmUrl }: CodeSources): ProvenQr | undefined {
  const fromGateway = qrPng === undefined ? undefined : proveGatewayPicture(qrPng)
  if (fromGateway?.kind === 'proven' || filmUrl === undefined) return fromGateway
  return proveAddress(filmUrl)
}

/** Every address that a card's QR could lead to, the one that is printed first. */
export function provenAddressesOf(codes: CodeSources): readonly string[] {
  const found = [provenQrOf(codes), codes.filmUrl === undefined ? undefined : proveAddress(codes.filmUrl)]
  return [...new Set(found.flatMap((one) => (one?.kind === 'proven' ? [one.text] : [])))]
}

/** As `provenQrOf`, and not one whose address is dead: then the film's, and where that is dead too, none. */
export async function livingQrOf(codes: CodeSources, answers: AskAnswers): Promise<ProvenQr | undefined> {
  const first = provenQrOf(codes)
  if (first?.kind !== 'proven') return first
  const { filmUrl } = codes
  const other = filmUrl !== undefined && filmUrl !== first.text && isScannableAddress(filmUrl) ? filmUrl : undefined
  // Both at once: a print waits for one of them, not for one after the other.
  const [verdict, otherVerdict] = await Promise.all([answers(first.text), other && answers(other)])
  if (verdict !== 'dead') return first
  const second = other !== undefined && otherVerdict !== 'dead' ? proveAddress(other) : undefined
  return second?.kind === 'proven' ? second : { kind: 'unusable', reason: 'dead' }
}
