import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encapsulatedPdf } from '../../electron/station/uploads/encapsulated-pdf.ts'
import { isUid } from '../../shared/text/dicom-values.ts'
import { describeWith } from '../peers.ts'
import { completeDossier, now } from './delivery-bench.ts'
import { asFile } from './read-back.ts'

const pdf = Buffer.from('%PDF-1.4\nodd length\n%%EOF')

test('the same version of a report is the same object, another version another one', () => {
  const [first, again, amended] = [1, 1, 2].map((version) => encapsulatedPdf(completeDossier, version, now, pdf))
  expect(first).toEqual(again)
  expect(amended?.sopInstanceUid).not.toBe(first?.sopInstanceUid)
  expect(isUid(first?.sopInstanceUid ?? '')).toBe(true)
})

describeWith(['dcmtk'], 'an Encapsulated PDF read by dcmtk', () => {
  test('dcm2pdf takes the very PDF out, dcmdump reads the name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pdf-'))
    const path = join(folder, 'report.dcm')
    writeFileSync(path, asFile(encapsulatedPdf(completeDossier, 1, now, pdf).dataSet, 'explicit'))
    const dump = spawnSync('dcmdump', [path], { encoding: 'utf8' })
    expect(dump.stderr).toBe('')
    expect(dump.stdout).toContain('[Wang^Xiuying=王^秀英]')
    expect(dump.stdout).toMatch(new RegExp(`\\(0042,0015\\) UL ${pdf.length} .*EncapsulatedDocumentLength`))
    const taken = spawnSync('dcm2pdf', [path, join(folder, 'report.pdf')], { encoding: 'utf8' })
    expect(taken.status, taken.stderr).toBe(0)
    expect(readFileSync(join(folder, 'report.pdf')).subarray(0, pdf.length).equals(pdf)).toBe(true)
    rmSync(folder, { recursive: true, force: true })
  })
})
