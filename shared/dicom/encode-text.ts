import iconv from 'iconv-lite'

/** How text is written, and what SpecificCharacterSet (0008,0005) says about it. */
export type TextEncoding = 'ascii' | 'latin-1' | 'gb18030' | 'gbk' | 'iso-2022-ir-58' | 'utf-8'

export const specificCharacterSetOf: Readonly<Record<TextEncoding, string>> = {
  ascii: 'ISO_IR 6',
  'latin-1': 'ISO_IR 100',
  gb18030: 'GB18030',
  gbk: 'GBK',
  'iso-2022-ir-58': '\\ISO 2022 IR 58',
  'utf-8': 'ISO_IR 192',
}

/** What the encoding lacks becomes '?'. `isName`: PN, where '^' and '=' end a code extension too (PS3.5 6.1.2.5.3). */
export function encodeText(text: string, encoding: TextEncoding, isName = false): Buffer {
  switch (encoding) {
    case 'gb18030':
      return iconv.encode(text, 'gb18030')
    case 'gbk':
      return iconv.encode(text, 'gbk')
    case 'iso-2022-ir-58':
      return encodeGb2312(text, isName)
    case 'utf-8':
      return Buffer.from(text, 'utf8')
    case 'latin-1':
      return Buffer.from(text.replace(/[^\0-\xff]/gu, '?'), 'latin1')
    case 'ascii':
      return Buffer.from(text.replace(/[^\0-\x7f]/gu, '?'), 'latin1')
  }
}

/** ESC 02/04 02/09 04/01: GB 2312 into G1 (PS3.3 table C.12-4). */
const gb2312IntoG1 = Buffer.from([0x1b, 0x24, 0x29, 0x41])

/** The escape sequence stands before the first Chinese character of each part, because a delimiter ends it. */
function encodeGb2312(text: string, isName: boolean): Buffer {
  const parts = text.split(isName ? /([\\\r\n\f\t^=])/u : /([\\\r\n\f\t])/u)
  return Buffer.concat(
    parts.flatMap((part) => {
      const first = [...part].findIndex((sign) => sign.codePointAt(0)! > 0x7f)
      if (first < 0) return [Buffer.from(part, 'latin1')]
      const signs = [...part]
      const before = Buffer.from(signs.slice(0, first).join(''), 'latin1')
      return [before, gb2312IntoG1, ...signs.slice(first).map(gb2312Sign)]
    }),
  )
}

/** GBK holds GB 2312 in rows A1 to F7, cells A1 to FE; what lies outside cannot be said here. */
function gb2312Sign(sign: string): Buffer {
  const bytes = iconv.encode(sign, 'gbk')
  const isGb2312 = bytes.length === 2 && bytes[0]! >= 0xa1 && bytes[0]! <= 0xf7 && bytes[1]! >= 0xa1
  return isGb2312 || (bytes.length === 1 && bytes[0]! < 0x80) ? bytes : Buffer.from('?')
}
