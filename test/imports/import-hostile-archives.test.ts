import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  dicomFile,
  everyFile,
  openImports,
  type TestImports,
  uploaded,
  type ZipPart,
  zipOf,
} from './imports-for-tests.ts'

const good: ZipPart = { name: 'ok/IM1', bytes: dicomFile([], '2.25.1001') }
const link = 0o120777
const gbk = Buffer.from('b2a1c8cb2f494d31', 'hex') // 病人/IM1
const zeros = (mebibytes: number) => Buffer.alloc(mebibytes * 1024 * 1024)

/** What an archive does, and the codes that its import must give. `taken`: how many objects are taken all the same. */
const table: readonly (readonly [string, () => Buffer, readonly string[], number])[] = [
  // Paths that lead elsewhere.
  ...[
    '../evil.dcm',
    '../../../../tmp/evil.dcm',
    'a/../../evil.dcm',
    'a/b/../../../evil.dcm',
    '..',
    './evil.dcm',
    'a/./evil.dcm',
    '/etc/evil.dcm',
    '//server/share/evil.dcm',
    'C:/evil.dcm',
    'c:evil.dcm',
    'C:\\Windows\\evil.dcm',
    '..\\evil.dcm',
    'a\\..\\..\\evil.dcm',
    '\\\\server\\share\\evil.dcm',
    '\\evil.dcm',
    'a\0/../evil.dcm',
    'evil.dcm\0.txt',
    '',
  ].map(
    (name) =>
      [
        `a name that leads elsewhere: ${JSON.stringify(name)}`,
        () => zipOf([{ name, bytes: dicomFile() }, good]),
        ['ZIP-NAME'],
        1,
      ] as const,
  ),
  [
    'a traversal in overlong UTF-8',
    () => zipOf([{ name: Buffer.from('c0aec0ae2f6576696c', 'hex') }, good]),
    ['IMPORT-BESIDE'],
    1,
  ],
  [
    'a traversal in GBK',
    () => zipOf([{ name: Buffer.concat([gbk, Buffer.from('/../../evil')]) }, good]),
    ['ZIP-NAME'],
    1,
  ],
  ['a local name other than the listed one', () => zipOf([{ ...good, localName: '../../evil.dcm' }]), [], 1],
  // What is no file.
  [
    'a symbolic link',
    () => zipOf([{ name: 'l', bytes: Buffer.from('/etc/passwd'), unixMode: link }, good]),
    ['IMPORT-LINK'],
    1,
  ],
  [
    'a link and then a file below it',
    () =>
      zipOf([
        { name: 'l', bytes: Buffer.from('/tmp'), unixMode: link },
        { ...good, name: 'l/IM1' },
      ]),
    ['IMPORT-LINK'],
    1,
  ],
  ['a pipe', () => zipOf([{ name: 'p', unixMode: 0o010644 }, good]), ['IMPORT-LINK'], 1],
  ['a device', () => zipOf([{ name: 'd', unixMode: 0o020644 }, good]), ['IMPORT-LINK'], 1],
  ['a socket', () => zipOf([{ name: 's', unixMode: 0o140644 }, good]), ['IMPORT-LINK'], 1],
  ['a folder', () => zipOf([{ name: 'd/', bytes: Buffer.alloc(0), unixMode: 0o040755 }, good]), [], 1],
  // What is hidden, or packed in ways that are not read.
  ['an encrypted file', () => zipOf([{ name: 'e', flags: 1 }, good]), ['ZIP-ENCRYPTED'], 1],
  ['strong encryption', () => zipOf([{ name: 'e', flags: 0x41 }]), ['ZIP-ENCRYPTED'], 0],
  ['masked headers', () => zipOf([{ name: 'e', flags: 0x2001 }]), ['ZIP-ENCRYPTED'], 0],
  ...[1, 6, 9, 12, 14, 93, 95, 98, 99].map(
    (method) =>
      [`compression method ${method}`, () => zipOf([{ name: 'm', method }, good]), ['ZIP-METHOD'], 1] as const,
  ),
  ['an archive in the archive', () => zipOf([{ name: 'inner.zip', bytes: zipOf([good]) }, good]), ['IMPORT-NESTED'], 1],
  [
    'a RAR in the archive',
    () => zipOf([{ name: 'x.rar', bytes: Buffer.from('526172211a0700', 'hex') }, good]),
    ['IMPORT-ARCHIVE'],
    1,
  ],
  [
    'a gzip in the archive',
    () => zipOf([{ name: 'x.gz', bytes: Buffer.from('1f8b0800', 'hex') }, good]),
    ['IMPORT-ARCHIVE'],
    1,
  ],
  // What grows.
  ['a bomb of 40 MiB of zeros', () => zipOf([{ name: 'b', bytes: zeros(40) }, good]), ['ZIP-BOMB'], 1],
  ['a file that says 5 GiB', () => zipOf([good, { name: 'b', saysSize: 0xfffffff0 }]), ['ZIP-BOMB'], 1],
  [
    'many files of 4 GB each',
    () => zipOf(Array.from({ length: 6 }, (_, at) => ({ name: `b${at}`, saysSize: 0xfffffff0 }))),
    ['ZIP-BOMB'],
    0,
  ],
  [
    'a file longer than it says',
    () => zipOf([{ name: 'b', bytes: dicomFile(), saysSize: 600 }, good]),
    ['IMPORT-UNREADABLE'],
    1,
  ],
  [
    'a file shorter than it says',
    () => zipOf([{ name: 'b', bytes: dicomFile(), saysSize: 99_999 }, good]),
    ['IMPORT-UNREADABLE'],
    1,
  ],
  ['two entries over the same bytes', () => zipOf([good, { ...good, name: 'again', offset: 0 }]), ['ZIP-DAMAGED'], 0],
  ['an entry within another', () => zipOf([good, { ...good, name: 'again', offset: 40 }]), ['ZIP-DAMAGED'], 0],
  ['more entries than there are', () => zipOf([good], { count: 60_000 }), ['ZIP-DAMAGED'], 0],
  ['a directory that is elsewhere', () => zipOf([good], { directoryAt: 0xfffffff0 }), ['ZIP-DAMAGED'], 0],
  ['a directory in the middle of a file', () => zipOf([good], { directoryAt: 3 }), ['ZIP-DAMAGED'], 0],
  [
    'an extra field beyond its end',
    () => zipOf([{ ...good, extra: Buffer.from('0100ffff', 'hex') }]),
    ['ZIP-DAMAGED'],
    0,
  ],
  ['an entry beyond the end', () => zipOf([{ ...good, offset: 0x7fffffff }]), ['IMPORT-UNREADABLE'], 0],
  ['an archive cut short', () => zipOf([good]).subarray(0, 300), ['ZIP-DAMAGED'], 0],
  ['only the end of an archive', () => zipOf([]), [], 0],
  ['a wrong checksum', () => zipOf([{ ...good, crc: 1 }]), ['IMPORT-UNREADABLE'], 0],
  [
    'bytes that are no deflate',
    () => zipOf([{ ...good, method: 0, bytes: good.bytes! }]).map((byte, at) => (at === 8 ? 8 : byte)) as Buffer,
    [],
    1,
  ],
  ['the same name twice', () => zipOf([good, { ...good, bytes: dicomFile([], '2.25.1002') }]), [], 2],
  ['a name in GBK', () => zipOf([{ ...good, name: gbk }]), [], 1],
  ['a name of 60,000 letters', () => zipOf([{ ...good, name: 'a'.repeat(60_000) }]), [], 1],
  [
    'a program',
    () => zipOf([{ name: 'viewer.exe', bytes: Buffer.from('MZ rest') }, { name: 'autorun.inf' }, good]),
    ['IMPORT-BESIDE', 'IMPORT-BESIDE'],
    1,
  ],
  [
    'DICOM that is none behind its mark',
    () =>
      zipOf([
        { name: 'x', bytes: Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(500, 0xff)]) },
        good,
      ]),
    ['FILE-REFUSED'],
    1,
  ],
]

describe('hostile archives', () => {
  let room: TestImports
  beforeAll(async () => {
    room = await openImports()
  })
  afterAll(() => room.close())

  test.each(table)('%s', async (_, make, codes, taken) => {
    const job = await room.take([uploaded('archive.zip', make())])
    expect(job.problem).toBeNull()
    expect(
      job.files.filter((file) => file.outcome === 'refused' || file.outcome === 'skipped').map((file) => file.code),
    ).toEqual(codes)
    const { counts } = job
    expect(counts.taken + counts['already-had'] + counts['other-version']).toBe(taken)
    expect(job.done).toBe(job.total ?? job.done)
    expect(room.spooled()).toEqual([])
  })

  test('nothing was written but what the archive keeps', () => {
    const strange = everyFile(room.outside).filter(
      (name) =>
        !/^in\/the\/middle\/images\/(station\.db(-wal|-shm)?|(store|quarantine|incoming)\/([\d-]+\/)?[0-9a-f-]{36}\.(dcm|part|free))$/.test(
          name.replaceAll('\\', '/'),
        ),
    )
    expect(strange).toEqual([])
  })
})
