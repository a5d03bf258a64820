/** One entry of an Accept field, RFC 9110 12.5.1: type in lower case; `inner` is the type parameter of multipart/related. */
export type Accepted = {
  readonly type: string
  readonly inner: string | undefined
  /** As written: a UID or '*'. Undefined: not said. */
  readonly transferSyntax: string | undefined
  readonly q: number
}

/** What could be answered: a media type and the transfer syntax in which it would be. */
export type Offer = { readonly mediaType: string; readonly transferSyntax?: string }
export type Chosen<O extends Offer> = { readonly offer: O; readonly isMultipart: boolean }

const mostEntries = 64

/** Pure. An absent or empty field accepts everything. Entries with q=0 are left out; the preferred stand first. */
export function readAccept(field: string | undefined): readonly Accepted[] {
  if (!field?.trim()) return [{ type: '*/*', inner: undefined, transferSyntax: undefined, q: 1 }]
  return splitOutsideQuotes(field, ',')
    .slice(0, mostEntries)
    .map(readEntry)
    .filter(({ q, type }) => q > 0 && type.includes('/'))
    .sort((one, other) => other.q - one.q)
}

function readEntry(text: string): Accepted {
  const [type = '', ...parameters] = splitOutsideQuotes(text, ';')
  const values = new Map(
    parameters.map((parameter) => {
      const equals = parameter.indexOf('=')
      const name = parameter.slice(0, equals < 0 ? undefined : equals)
      return [name.trim().toLowerCase(), equals < 0 ? '' : unquoted(parameter.slice(equals + 1))]
    }),
  )
  const q = Number(values.get('q') ?? 1)
  return {
    type: type.trim().toLowerCase(),
    inner: values.get('type')?.toLowerCase(),
    transferSyntax: values.get('transfer-syntax'),
    q: Number.isFinite(q) ? q : 1,
  }
}

/**
 * The first offer that the client's most preferred entry takes, or undefined: 406. `mayBeSingle`: the answer is one thing and can
 * stand without multipart. `sameFor`: an offer may be given to a client that asked for this type when it also takes any transfer
 * syntax (viewers ask for application/octet-stream and mean the frame as it is stored).
 */
export function chooseOffer<O extends Offer>(
  accepted: readonly Accepted[],
  offers: readonly O[],
  mayBeSingle: boolean,
): Chosen<O> | undefined {
  for (const entry of accepted) {
    const isMultipart = entry.type === 'multipart/related' || entry.type === '*/*' || entry.type === 'multipart/*'
    if (!isMultipart && !mayBeSingle) continue
    const wanted = isMultipart ? (entry.inner ?? '*/*') : entry.type
    const offer = offers.find(
      ({ mediaType, transferSyntax }) =>
        takesType(wanted, mediaType) && takesSyntax(entry.transferSyntax, transferSyntax),
    )
    if (offer) return { offer, isMultipart }
  }
  return undefined
}

export function takesType(wanted: string, mediaType: string): boolean {
  return (
    wanted === '*/*' || wanted === mediaType || (wanted.endsWith('/*') && mediaType.startsWith(wanted.slice(0, -1)))
  )
}

function takesSyntax(wanted: string | undefined, offered: string | undefined): boolean {
  return wanted === undefined || wanted === '*' || offered === undefined || wanted === offered
}

export function unquoted(text: string): string {
  const trimmed = text.trim()
  return trimmed.startsWith('"') ? trimmed.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : trimmed
}

export function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = []
  let isQuoted = false
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && isQuoted) at++
    else if (text[at] === '"') isQuoted = !isQuoted
    else if (text[at] === separator && !isQuoted) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
