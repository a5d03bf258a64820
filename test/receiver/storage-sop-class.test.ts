import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { isStorage } from '../../shared/dicom/storage-sop-class.ts'
import { describeWith } from '../peers.ts'

/** Named ...Storage..., and stored by nobody: a DICOMDIR, Storage Commitment, and the service class as such. */
const namedAlike = /^1\.2\.840\.10008\.(1\.3\.10|1\.20\.\d.*|4\.2)$/

describeWith(['dcmtk'], 'the UIDs that dcmtk knows', () => {
  test('are storage where dcmtk calls them storage, and nowhere else', () => {
    const known = uidsOfDcmtk()
    expect(known.size).toBeGreaterThan(400)
    const stored = [...known].filter(([uid, name]) => name.includes('Storage') && !namedAlike.test(uid))
    expect(stored.length).toBeGreaterThan(180)
    const wrong = [...known].filter(([uid]) => isStorage(uid) !== stored.some(([one]) => one === uid))
    expect(wrong).toEqual([])
  })
})

test('classes newer than this program and private ones are storage; no UID is not', () => {
  expect(isStorage('1.2.840.10008.5.1.4.1.1.999.7')).toBe(true)
  expect(isStorage('1.2.840.113619.4.26')).toBe(true)
  expect(isStorage('')).toBe(false)
})

/** Every standard UID in dcmtk's library, with the name that its own dcmdump prints for it. */
function uidsOfDcmtk(): Map<string, string> {
  const program = execFileSync('which', ['dcmdump']).toString().trim()
  const library = /libdcmdata\S* => (\S+)/.exec(execFileSync('ldd', [program]).toString())?.[1]
  const inLibrary = readFileSync(library ?? program)
    .toString('latin1')
    .match(/(?<=\0)1\.2\.840\.10008\.[0-9.]+(?=\0)/g)
  const uids = [...new Set(inLibrary)]
  const folder = mkdtempSync(join(tmpdir(), 'uids-'))
  try {
    const file = join(folder, 'uids')
    const items = uids.map((uid) => [{ tag: 0x00081150, vr: 'UI', value: uid }])
    writeFileSync(
      file,
      encodeDataSet([{ tag: 0x00081115, vr: 'SQ', value: items }], { explicitVr: false, text: 'ascii' }),
    )
    const printed = execFileSync('dcmdump', ['-f', '-ti', '+P', '0008,1150', file]).toString('latin1')
    const names = [...printed.matchAll(/ UI (?:=(\w+)|\[)/g)].map((match) => match[1] ?? '')
    return new Map(uids.map((uid, at) => [uid, names[at] ?? '']))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
