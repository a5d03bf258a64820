import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { fuses, setFuses } from '../../build/electron-fuses.ts'
import { fileInTar, zipEntries } from '../../build/unpack-archive.ts'

function tarEntry(name: string, text: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name)
  header.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124)
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(text) / 512) * 512)
  body.write(text)
  return Buffer.concat([header, body])
}

test('a file is found in a tar behind other files', () => {
  const tar = Buffer.concat([
    tarEntry('package/a.json', 'x'.repeat(700)),
    tarEntry('package/b.zip', 'zip'),
    Buffer.alloc(1024),
  ])
  expect(fileInTar(tar, '.zip')?.toString()).toBe('zip')
  expect(fileInTar(tar, '.exe')).toBeUndefined()
})

test('a zip gives its files with their modes, packed or stored', () => {
  const packed = deflateRawSync('hello')
  const local = Buffer.alloc(30 + 5)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(5, 26)
  local.write('run.x', 30)
  const central = Buffer.alloc(46 + 5)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt16LE(5, 28)
  central.writeUInt32LE((0o100755 << 16) >>> 0, 38)
  central.write('run.x', 46)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(local.length + packed.length, 16)
  const [entry] = zipEntries(Buffer.concat([local, packed, central, end]))
  expect({ name: entry?.name, mode: entry?.mode, text: entry?.read().toString() }).toEqual({
    name: 'run.x',
    mode: 0o755,
    text: 'hello',
  })
})

test('fuses are set behind the sentinel and nothing else changes', () => {
  const program = Buffer.from('code dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x0810000011 more code', 'latin1')
  const patched = setFuses(
    program,
    new Map([
      [fuses.nodeCliInspect, true],
      [fuses.browserProcessSpecificV8Snapshot, false],
    ]),
  )
  expect(patched.toString('latin1')).toBe('code dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x0810010001 more code')
  expect(() => setFuses(Buffer.from('no fuses here'), new Map())).toThrow('no Electron fuses')
})
