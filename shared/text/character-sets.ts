/**
 * Text as SpecificCharacterSet (0008,0005) declares it, PS3.3 C.12.1.1.2 and PS3.5 6.1. Reading never throws: a byte that fits
 * nothing becomes U+FFFD, and an unknown declaration is read as Latin-1, so that no letter disappears.
 */

/** Defined terms without code extensions → label of the Encoding Standard. Latin-1 is done by hand: there it means windows-1252. */
const plainSets: Readonly<Record<string, string>> = {
  '': 'latin1',
  '6': 'latin1',
  '100': 'latin1',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '144': 'iso-8859-5',
  '127': 'iso-8859-6',
  '126': 'iso-8859-7',
  '138': 'iso-8859-8',
  '148': 'windows-1254',
  '203': 'iso-8859-15',
  '13': 'shift_jis',
  '166': 'windows-874',
  '192': 'utf-8',
  '58': 'gbk',
  '149': 'euc-kr',
  '87': 'iso-2022-jp',
  '159': 'iso-2022-jp',
  GB18030: 'gb18030',
  GBK: 'gbk',
  GB2312: 'gbk',
  'UTF-8': 'utf-8',
}

type G0 = 'ascii' | 'jis-x-0208' | 'jis-x-0212'

/** Escape sequences of PS3.3 tables C.12-3 and C.12-4, after the ESC byte: what they put into G0 or G1. */
const escapes: readonly { readonly after: string; readonly g0?: G0; readonly g1?: string }[] = [
  { after: '(B', g0: 'ascii' },
  { after: '(J', g0: 'ascii' },
  { after: '$B', g0: 'jis-x-0208' },
  { after: '$@', g0: 'jis-x-0208' },
  { after: '$(D', g0: 'jis-x-0212' },
  { after: '$)A', g1: 'gbk' },
  { after: '$)C', g1: 'euc-kr' },
  { after: ')I', g1: 'shift_jis' },
  { after: '-A', g1: 'latin1' },
  { after: '-B', g1: 'iso-8859-2' },
  { after: '-C', g1: 'iso-8859-3' },
  { after: '-D', g1: 'iso-8859-4' },
  { after: '-L', g1: 'iso-8859-5' },
  { after: '-G', g1: 'iso-8859-6' },
  { after: '-F', g1: 'iso-8859-7' },
  { after: '-H', g1: 'iso-8859-8' },
  { after: '-M', g1: 'windows-1254' },
  { after: '-T', g1: 'windows-874' },
  { after: '-b', g1: 'iso-8859-15' },
]

const escapeByte = 0x1b
/** PS3.5 6.1.2.5.3: at a delimiter the code elements are those of the first value again. */
const delimiters = new Set([...'\\\r\n\f\t'].map((sign) => sign.charCodeAt(0)))
const nameDelimiters = new Set([...'\\\r\n\f\t^='].map((sign) => sign.charCodeAt(0)))

/** The values of (0008,0005) as they stand in a data set: 'ISO_IR 100', '\ISO 2022 IR 58'. */
export function characterSetsOf(specificCharacterSet: string): readonly string[] {
  return specificCharacterSet.split('\\').map((term) => term.trim())
}

/** Decodes the bytes of a text element; `isName` for PN, where '^' and '=' end a code extension too. */
export function decodeText(bytes: Uint8Array, characterSets: readonly string[], isName = false): string {
  if (isAscii(bytes)) return latin1(bytes)
  const first = labelOf(characterSets[0] ?? '')
  // Without code extensions a set stands alone; GB18030 and UTF-8 know no escape sequences (PS3.3 C.12.1.1.2).
  const standsAlone = first === 'utf-8' || first === 'gb18030'
  return standsAlone || !bytes.includes(escapeByte) ? decodeAs(first, bytes) : decodeExtended(bytes, first, isName)
}

function labelOf(term: string): string {
  const name = term.trim().toUpperCase()
  const number = /^ISO[ _-]?(?:2022[ _-])?IR[ _-]?(\d+)$/.exec(name)?.[1]
  return plainSets[number ?? name] ?? 'latin1'
}

function decodeExtended(bytes: Uint8Array, first: string, isName: boolean): string {
  const ends = isName ? nameDelimiters : delimiters
  let g0: G0 = 'ascii'
  let g1 = first
  let text = ''
  let run = 0
  const flush = (end: number) => {
    if (end > run) text += decodeRun(bytes.subarray(run, end), g0, g1)
    run = end
  }
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === escapeByte) {
      const found = escapes.find(({ after }) => latin1(bytes.subarray(at + 1, at + 1 + after.length)) === after)
      if (!found) continue
      flush(at)
      g0 = found.g0 ?? g0
      g1 = found.g1 ?? g1
      at += found.after.length
      run = at + 1
    } else if (g0 === 'ascii' && ends.has(byte)) {
      flush(at)
      g1 = first
    }
  }
  flush(bytes.length)
  return text
}

function decodeRun(bytes: Uint8Array, g0: G0, g1: string): string {
  switch (g0) {
    case 'ascii':
      return decodeAs(g1, bytes)
    case 'jis-x-0208':
      return decodeAs('euc-jp', bytes.map(highBit))
    case 'jis-x-0212': {
      const pairs: number[] = []
      for (let at = 0; at + 1 < bytes.length; at += 2) pairs.push(0x8f, highBit(bytes[at]!), highBit(bytes[at + 1]!))
      return decodeAs('euc-jp', Uint8Array.from(pairs))
    }
  }
}

const highBit = (byte: number) => byte | 0x80

const decoders = new Map<string, TextDecoder>()

function decodeAs(label: string, bytes: Uint8Array): string {
  if (label === 'latin1') return latin1(bytes)
  let decoder = decoders.get(label)
  if (!decoder) {
    decoder = new TextDecoder(label)
    decoders.set(label, decoder)
  }
  return decoder.decode(bytes)
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80 && byte !== escapeByte)
}

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}
