import { expect, test } from 'vitest'
import { asarArchive } from '../../build/asar-archive.ts'

test('an asar names each file with its size and offset, and holds the contents behind the header', () => {
  const files = { 'package.json': '{"main":"main.js"}', 'main.js': "console.log('影站')" }
  const bytes = asarArchive(files)
  expect(bytes.readUInt32LE(0)).toBe(4)
  const contentsAt = 8 + bytes.readUInt32LE(4)
  expect(contentsAt % 4).toBe(0)
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12)))
  for (const [name, text] of Object.entries(files)) {
    const { offset, size } = header.files[name]
    const from = contentsAt + Number(offset)
    expect(bytes.toString('utf8', from, from + size)).toBe(text)
  }
})
