import { codesOf, type TextEncoding } from './character-codes.ts'
import { sayPersonName, sayText } from './sayable-text.ts'

export type { TextEncoding } from './character-codes.ts'

/** What SpecificCharacterSet (0008,0005) says, PS3.3 C.12.1.1.2. The default repertoire alone is said by leaving it empty. */
export const specificCharacterSetOf: Readonly<Record<TextEncoding, string>> = {
  ascii: '',
  'latin-1': 'ISO_IR 100',
  gb18030: 'GB18030',
  gbk: 'GBK',
  'iso-2022-ir-58': '\\ISO 2022 IR 58',
  'utf-8': 'ISO_IR 192',
}

/**
 * The bytes of a text. What the encoding lacks is said in Latin letters (sayable-text.ts), never as '?'. `isName`: PN, where '^' and '='
 * end a code extension too (PS3.5 6.1.2.5.3).
 */
export function encodeText(text: string, encoding: TextEncoding, isName = false): Buffer {
  if (isAscii(text)) return Buffer.from(text, 'latin1')
  return bytesOf(isName ? sayPersonName(text, encoding) : sayText(text, encoding), encoding, isName)
}

/** The bytes of a text as it stands, every character of it; undefined where the encoding lacks one. */
export function encodeExactly(text: string, encoding: TextEncoding, isName = false): Buffer | undefined {
  if (isAscii(text)) return Buffer.from(text, 'latin1')
  if (!text.isWellFormed() || text.includes('\ufffd')) return undefined
  return [...text].every((sign) => codesOf(sign, encoding)) ? bytesOf(text, encoding, isName) : undefined
}

function bytesOf(text: string, encoding: TextEncoding, isName: boolean): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  return encoding === 'iso-2022-ir-58' ? encodeGb2312(text, isName) : codes(text, encoding)
}

/** ESC 02/04 02/09 04/01: GB 2312 into G1 (PS3.3 table C.12-4). */
const gb2312IntoG1 = Buffer.from([0x1b, 0x24, 0x29, 0x41])

/** The escape sequence stands before the first Chinese character of each part, because a delimiter ends it. */
function encodeGb2312(text: string, isName: boolean): Buffer {
  const parts = text.split(isName ? /([\\\r\n\f\t^=])/u : /([\\\r\n\f\t])/u)
  return Buffer.concat(
    parts.flatMap((part) => {
      const first = part.search(/[^\0-\x7f]/u)
      if (first < 0) return [Buffer.from(part, 'latin1')]
      return [Buffer.from(part.slice(0, first), 'latin1'), gb2312IntoG1, codes(part.slice(first), 'iso-2022-ir-58')]
    }),
  )
}

const codes = (text: string, encoding: TextEncoding): Buffer =>
  Buffer.concat([...text].map((sign) => codesOf(sign, encoding) ?? Buffer.from('X')))

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/u.test(text)
