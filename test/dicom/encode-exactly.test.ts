import { expect, test } from 'vitest'
import { encodeExactly, specificCharacterSetOf } from '../../shared/dicom/encode-text.ts'
import { characterSetsOf, decodeText } from '../../shared/text/character-sets.ts'

test.each([
  ['gb18030', '张^晓冬=㛃𠀀'],
  ['gbk', 'Zhang^Xiao=張^曉'],
  ['iso-2022-ir-58', 'Zhang^Xiao=张^小东'],
  ['utf-8', 'Zhang=𠮷^é'],
  ['ascii', 'Zhang^Xiao'],
] as const)('in %s every character of a name is read back as it was', (encoding, name) => {
  const bytes = encodeExactly(name, encoding, true)!
  expect(decodeText(bytes, characterSetsOf(specificCharacterSetOf[encoding]), true)).toBe(name)
})

test.each([
  ['gbk', '𠮷'],
  ['iso-2022-ir-58', '張'],
  ['iso-2022-ir-58', '李\u{e000}'],
  ['ascii', '张'],
  ['utf-8', '张\ud842'],
  ['gb18030', '张\ufffd'],
] as const)('what %s cannot carry is not written at all: %j', (encoding, text) => {
  expect(encodeExactly(text, encoding)).toBeUndefined()
})
