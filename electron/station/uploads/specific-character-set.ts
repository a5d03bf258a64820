import { specificCharacterSetOf, type TextEncoding } from '../../../shared/dicom/encode-text.ts'
import type { ReadAs } from '../../../shared/models/settings.ts'
import { decodeText } from '../../../shared/text/character-sets.ts'

/** (0008,0005) for text that is written in this set; undefined where what the device declares holds. */
export function declarationOf(readAs: ReadAs): string | undefined {
  return readAs === 'declared' ? undefined : specificCharacterSetOf[readAs]
}

/**
 * In what the text of a copy is written that says this in SpecificCharacterSet (0008,0005), PS3.3 C.12.1.1.2: a copy keeps the declaration of
 * its original, because the rest of its text is written in it, except where staff know it for wrong. Nothing declared, Latin, Japanese,
 * Korean…: only the default repertoire can be relied on.
 */
export function encodingDeclaredBy(specificCharacterSet: string): TextEncoding {
  const terms = specificCharacterSet.split('\\').map((term) => term.trim().toUpperCase())
  if (terms.includes('GB18030')) return 'gb18030'
  if (terms.includes('ISO_IR 192')) return 'utf-8'
  if (terms.includes('GBK')) return 'gbk'
  return terms.includes('ISO 2022 IR 58') ? 'iso-2022-ir-58' : 'ascii'
}

/** What the bytes say, for people and for comparing. Bytes that nothing declares are read as what Chinese devices write. */
export function textIn(bytes: Buffer, encoding: TextEncoding): string {
  switch (encoding) {
    case 'ascii':
    case 'latin-1': {
      const utf8 = bytes.toString('utf8')
      return utf8.includes('\ufffd') ? decodeText(bytes, ['GB18030']) : utf8
    }
    case 'iso-2022-ir-58':
      // As the first set: some devices leave out its escape sequences.
      return decodeText(bytes, ['ISO 2022 IR 58'])
    default:
      return decodeText(bytes, [specificCharacterSetOf[encoding]])
  }
}
