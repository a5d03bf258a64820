import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredDataSet } from '../../electron/station/archive/archive.ts'

export type StoredForTests = ReturnType<typeof openStored>

/** Data sets as the archive keeps them, whatever they hold: behind `offset` bytes of something else. */
export function openStored() {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-stored-'))
  let count = 0
  return {
    folder,
    put(dataSet: Buffer, transferSyntaxUid = '1.2.840.10008.1.2.1'): StoredDataSet {
      const path = join(folder, `${++count}.dcm`)
      const offset = 10
      writeFileSync(path, Buffer.concat([Buffer.alloc(offset, 'x'), dataSet]))
      return { path, offset, length: dataSet.length, transferSyntaxUid }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
