import iconv from 'iconv-lite'

/** How text is written. 'ascii' is the default repertoire (ISO IR 6), 'latin-1' ISO IR 100. */
export type TextEncoding = 'ascii' | 'latin-1' | 'gb18030' | 'gbk' | 'iso-2022-ir-58' | 'utf-8'

/**
 * The bytes of one character, without escape sequences; undefined where the encoding has none. What is written here, a device reads as the
 * same character: nothing is replaced by one that looks like it.
 */
export function codesOf(sign: string, encoding: TextEncoding): Buffer | undefined {
  const code = sign.codePointAt(0) ?? 0
  if (code < 0x80) return Buffer.from([code])
  switch (encoding) {
    case 'ascii':
      return undefined
    case 'latin-1':
      return code >= 0xa0 && code <= 0xff ? Buffer.from([code]) : undefined
    case 'utf-8':
      return Buffer.from(sign, 'utf8')
    case 'gb18030':
      // U+E5E5 has no code in GB 18030; the other private ones are what older systems call their rare characters.
      return code === 0xe5e5 ? undefined : iconv.encode(sign, 'gb18030')
    case 'gbk': {
      const bytes = iconv.encode(sign, 'gbk')
      return bytes.length === 2 && isGbk(bytes[0]!, bytes[1]!) ? bytes : undefined
    }
    case 'iso-2022-ir-58': {
      const bytes = iconv.encode(sign, 'gbk')
      return bytes.length === 2 && isGb2312(bytes[0]!, bytes[1]!) ? bytes : undefined
    }
  }
}

/** GBK as devices have it (code page 936): without user-defined areas, and without the rows that GB 18030 filled later. */
function isGbk(row: number, cell: number): boolean {
  if (row >= 0xaa && row <= 0xaf && cell >= 0xa1) return false
  if (row >= 0xf8 && cell >= 0xa1) return false
  if ((row === 0xa1 || row === 0xa2) && cell < 0xa1) return false
  if (row === 0xa8 && cell === 0xbf) return false
  if (row === 0xa9 && cell >= 0x89 && cell <= 0x95) return false
  return !(row === 0xfe && cell >= 0x50)
}

/** Cells of GB 2312-80 in its rows 1 to 9; GBK has filled the gaps between them. */
const signRows: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  161: [[0xa1, 0xfe]],
  162: [
    [0xb1, 0xe2],
    [0xe5, 0xee],
    [0xf1, 0xfc],
  ],
  163: [[0xa1, 0xfe]],
  164: [[0xa1, 0xf3]],
  165: [[0xa1, 0xf6]],
  166: [
    [0xa1, 0xb8],
    [0xc1, 0xd8],
  ],
  167: [
    [0xa1, 0xc1],
    [0xd1, 0xf1],
  ],
  168: [
    [0xa1, 0xba],
    [0xc5, 0xe9],
  ],
  169: [[0xa4, 0xef]],
}

function isGb2312(row: number, cell: number): boolean {
  if (cell < 0xa1) return false
  if (row >= 0xb0 && row <= 0xf7) return !(row === 0xd7 && cell > 0xf9)
  return signRows[row]?.some(([from, to]) => cell >= from && cell <= to) ?? false
}
