import { splitOutsideQuotes, unquoted } from './dicom-web-accept.ts'

/** A body that is no multipart/related as RFC 2046 writes it, or one beyond its limits. */
export class PartsViolation extends Error {
  readonly kind: 'malformed' | 'too-large'
  constructor(kind: 'malformed' | 'too-large', message: string) {
    super(message)
    this.kind = kind
  }
}

export type IncomingPart = {
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** The bytes between the part's headers and the next boundary. Must be read to its end before the next part is asked for. */
  readonly body: AsyncGenerator<Buffer>
}

export type PartLimits = {
  readonly preamble: number
  readonly headers: number
  readonly parts: number
  readonly partBytes: number
}

/** Type and parameters of a Content-Type field; names in lower case. */
export function readContentType(field: string | undefined): {
  readonly type: string
  readonly parameters: ReadonlyMap<string, string>
} {
  const [type = '', ...rest] = splitOutsideQuotes(field ?? '', ';')
  const parameters = new Map(
    rest.map((one) => {
      const [name = '', ...value] = one.split('=')
      return [name.trim().toLowerCase(), unquoted(value.join('='))] as const
    }),
  )
  return { type: type.trim().toLowerCase(), parameters }
}

/** RFC 2046 5.1.1, not ending with a blank; it allows 70 characters, Orthanc writes 73. Undefined: none, or one that cannot be. */
export function boundaryOf(parameters: ReadonlyMap<string, string>): string | undefined {
  const boundary = parameters.get('boundary') ?? ''
  return /^[\x21-\x7e ]{0,199}[\x21-\x7e]$/.test(boundary) ? boundary : undefined
}

const headersEnd = Buffer.from('\r\n\r\n')

/**
 * Reads a multipart body part by part and byte by byte as it comes, RFC 2046 5.1: never more of it in memory than one chunk and a
 * boundary. Throws PartsViolation; what was handed out before stands.
 */
export async function* readParts(
  source: AsyncIterable<Uint8Array>,
  boundary: string,
  limits: PartLimits,
): AsyncGenerator<IncomingPart> {
  const input = source[Symbol.asyncIterator]()
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  // The first boundary may stand at the very beginning, without a line end before it.
  let rest: Buffer = Buffer.from('\r\n')
  let isOver = false

  async function more(): Promise<boolean> {
    const { value, done } = await input.next()
    if (done) {
      isOver = true
      return false
    }
    const chunk = Buffer.from(value.buffer, value.byteOffset, value.length)
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    return true
  }

  /** What stands before the next delimiter, piece by piece; the delimiter itself is taken away. */
  async function* until(most: number, what: string): AsyncGenerator<Buffer> {
    let given = 0
    while (true) {
      const at = rest.indexOf(delimiter)
      // The end of what is here may be the beginning of a delimiter.
      const safe = at >= 0 ? at : Math.max(0, rest.length - delimiter.length + 1)
      given += safe
      if (given > most) throw new PartsViolation('too-large', `${what} is longer than ${most} bytes`)
      const piece = rest.subarray(0, safe)
      rest = rest.subarray(at >= 0 ? at + delimiter.length : safe)
      if (piece.length > 0) yield piece
      if (at >= 0) return
      if (!(await more())) throw new PartsViolation('malformed', 'the body ends before its last boundary')
    }
  }

  async function take(count: number): Promise<Buffer> {
    while (rest.length < count) if (!(await more())) return rest
    return rest.subarray(0, count)
  }

  /** Behind a delimiter: '--' ends the body, else blanks and a line end. */
  async function isLast(): Promise<boolean> {
    if ((await take(2)).toString('latin1') === '--') return true
    for (let blanks = 0; ; blanks++) {
      const next = await take(2)
      if (next.toString('latin1') === '\r\n') {
        // The line end stays: headers begin with it, so that a part without headers ends them at once.
        return false
      }
      if (blanks > 100 || (next[0] !== 0x20 && next[0] !== 0x09)) {
        throw new PartsViolation('malformed', 'a boundary is not followed by a line end')
      }
      rest = rest.subarray(1)
    }
  }

  async function headers(): Promise<ReadonlyMap<string, string>> {
    while (true) {
      const end = rest.indexOf(headersEnd)
      if (end > limits.headers || (end < 0 && rest.length > limits.headers + 4)) {
        throw new PartsViolation('too-large', `the headers of a part are longer than ${limits.headers} bytes`)
      }
      if (end >= 0) {
        const lines = rest.subarray(0, end).toString('latin1').split('\r\n').slice(1)
        rest = rest.subarray(end + headersEnd.length)
        return new Map(
          lines.map((line) => {
            const colon = line.indexOf(':')
            return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()] as const
          }),
        )
      }
      if (!(await more())) throw new PartsViolation('malformed', 'the body ends within the headers of a part')
    }
  }

  try {
    for await (const _ of until(limits.preamble + 2, 'what stands before the first boundary')) {
      // RFC 2046: a preamble is ignored.
    }
    for (let count = 0; !(await isLast()); count++) {
      if (count >= limits.parts) throw new PartsViolation('too-large', `more than ${limits.parts} parts`)
      const own = await headers()
      // A part without a body: its boundary follows the headers' empty line at once.
      rest = Buffer.concat([Buffer.from('\r\n'), rest])
      const body = dropFirst(until(limits.partBytes + 2, 'a part'), 2)
      yield { headers: own, body }
      for await (const _ of body) {
        // What the reader left of the part.
      }
    }
  } finally {
    if (!isOver) await input.return?.()
  }
}

async function* dropFirst(pieces: AsyncGenerator<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count
  for await (const piece of pieces) {
    const dropped = Math.min(left, piece.length)
    left -= dropped
    if (dropped < piece.length) yield piece.subarray(dropped)
  }
}
