import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readDicomdir } from '../../electron/station/imports/read-dicomdir.ts'
import { openImports, type TestImports } from './imports-for-tests.ts'

const corpus = process.env.CORPUS_DIR ?? join(import.meta.dirname, '../../../shared/corpus')
const media = join(corpus, 'pydicom/test_files/dicomdirtests')
const isThere = existsSync(media)

describe.skipIf(!isThere)(isThere ? 'real files' : 'real files (skipped: the corpus is not here)', () => {
  let room: TestImports
  beforeEach(async () => {
    room = await openImports()
  })
  afterEach(() => room.close())

  test('real directories of media, in every byte order and order of records, are read', () => {
    const named = Object.fromEntries(
      readdirSync(media)
        .filter((name) => name.startsWith('DICOMDIR'))
        .map((name) => [name, readDicomdir(readFileSync(join(media, name)))?.length]),
    )
    expect(named.DICOMDIR).toBe(31)
    for (const name of ['DICOMDIR-implicit', 'DICOMDIR-bigEnd', 'DICOMDIR-reordered', 'DICOMDIR-nooffset'])
      expect(named[name], name).toBe(31)
    expect(named['DICOMDIR-empty.dcm']).toBe(0)
  })

  test('a real medium is imported whole: every file its directory names is taken', async () => {
    const job = await room.takePlace(media)
    if ('code' in job) throw new Error(job.code)
    expect(job.state).toBe('done')
    const missing = job.files.filter((file) => file.code === 'IMPORT-NOT-THERE')
    expect(missing).toEqual([])
    expect(job.counts.taken).toBeGreaterThanOrEqual(31)
    expect(
      job.files
        .filter((file) => file.code === 'IMPORT-DICOMDIR')
        .every((file) => basename(file.name).startsWith('DICOMDIR')),
    ).toBe(true)
  })

  test('the whole corpus goes through, and what is refused says why', async () => {
    const job = await room.takePlace(corpus)
    if ('code' in job) throw new Error(job.code)
    expect(job.state).toBe('done')
    expect(job.done).toBe(job.total)
    expect(job.counts.taken).toBeGreaterThan(150)
    for (const file of job.files.filter((one) => one.outcome === 'refused'))
      expect(file.message, file.name).toMatch(/\p{Script=Han}/u)
  }, 60_000)
})
