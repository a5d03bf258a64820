import iconv from 'iconv-lite'
import type { ReadAs } from '../../../shared/models/settings.ts'

/**
 * Text in the character set that a data set declares in SpecificCharacterSet (0008,0005), PS3.3 C.12.1.1.2 and PS3.5 6.1.
 * A copy keeps the declaration of its original, because the rest of its text is written in it, except where staff know it for wrong.
 */
export type Repertoire =
  | { readonly kind: 'whole'; readonly name: 'gb18030' | 'gbk' | 'utf8' }
  /** ISO 2022 IR 58: GB 2312 in G1 behind an escape sequence, PS3.5 annex K. */
  | { readonly kind: 'gb2312-escaped' }
  /** Nothing declared, Latin, Japanese, Korean…: only the default repertoire can be relied on. */
  | { readonly kind: 'latin-only' }

/** (0008,0005) for text that is written in this set; undefined where what the device declares holds. */
export function declarationOf(readAs: ReadAs): string | undefined {
  return readAs === 'declared' ? undefined : declarations[readAs]
}

const declarations: Readonly<Record<Exclude<ReadAs, 'declared'>, string>> = {
  'utf-8': 'ISO_IR 192',
  gb18030: 'GB18030',
  gbk: 'GBK',
  'iso-2022-ir-58': '\\ISO 2022 IR 58',
  'latin-1': 'ISO_IR 100',
}

const gb2312Escape = '\x1b$)A'

export function repertoireOf(specificCharacterSet: string): Repertoire {
  const terms = specificCharacterSet.split('\\').map((term) => term.trim().toUpperCase())
  if (terms.includes('GB18030')) return { kind: 'whole', name: 'gb18030' }
  if (terms.includes('ISO_IR 192')) return { kind: 'whole', name: 'utf8' }
  if (terms.includes('GBK')) return { kind: 'whole', name: 'gbk' }
  if (terms.includes('ISO 2022 IR 58')) return { kind: 'gb2312-escaped' }
  return { kind: 'latin-only' }
}

const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text)

/** The bytes of the text, or undefined when the repertoire can't carry it: never a question mark in place of a character. */
export function encodeText(text: string, repertoire: Repertoire): Buffer | undefined {
  if (isAscii(text)) return Buffer.from(text, 'ascii')
  if (!text.isWellFormed() || text.includes('\ufffd')) return undefined
  switch (repertoire.kind) {
    case 'whole': {
      const bytes = iconv.encode(text, repertoire.name)
      return iconv.decode(bytes, repertoire.name) === text ? bytes : undefined
    }
    case 'gb2312-escaped':
      return encodeEscaped(text)
    case 'latin-only':
      return undefined
  }
}

/** What the bytes say, for people and for comparing. Bytes that nothing declares are read as what Chinese devices write. */
export function decodeText(bytes: Buffer, repertoire: Repertoire): string {
  switch (repertoire.kind) {
    case 'whole':
      return iconv.decode(bytes, repertoire.name)
    case 'gb2312-escaped':
      // Only G1 is ever designated: without its escapes the text is plain GB 2312, which GBK contains.
      return iconv.decode(withoutEscapes(bytes), 'gbk')
    case 'latin-only': {
      const utf8 = bytes.toString('utf8')
      return utf8.includes('\ufffd') ? iconv.decode(bytes, 'gb18030') : utf8
    }
  }
}

/** Each component group and component begins anew in the initial state, so each needs its own escape (PS3.5 6.1.2.5.3). */
function encodeEscaped(text: string): Buffer | undefined {
  const parts: Buffer[] = []
  for (const part of text.split(/([\^=\\])/)) {
    if (isAscii(part)) {
      parts.push(Buffer.from(part, 'ascii'))
      continue
    }
    const bytes = iconv.encode(part, 'gb2312')
    const isGb2312 = bytes.every((byte) => byte < 0x80 || (byte >= 0xa1 && byte <= 0xfe))
    if (!isGb2312 || iconv.decode(bytes, 'gb2312') !== part) return undefined
    parts.push(Buffer.from(gb2312Escape, 'latin1'), bytes)
  }
  return Buffer.concat(parts)
}

function withoutEscapes(bytes: Buffer): Buffer {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ESC is what an escape sequence begins with
  return Buffer.from(bytes.toString('latin1').replace(/\x1b[\x20-\x2f]+[\x30-\x7e]/g, ''), 'latin1')
}
