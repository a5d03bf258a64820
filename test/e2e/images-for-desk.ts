import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import { createSimulatedModality, type RawObject } from '../../electron/training/simulated-modality.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { zipOf } from '../imports/imports-for-tests.ts'

/** The text stays GB18030 and the declaration becomes Latin-1: (0008,0005) is the first element of these data sets. */
export function lying(object: RawObject): RawObject {
  const declared = object.dataSet.readUInt16LE(6)
  const says = encodeDataSet([{ tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' }], { explicitVr: true, text: 'ascii' })
  return { ...object, dataSet: Buffer.concat([says, object.dataSet.subarray(8 + declared)]) }
}

/** The same instance, once more and otherwise: its last pixels are white. */
export function retouched(object: RawObject): RawObject {
  const dataSet = Buffer.from(object.dataSet)
  dataSet.fill(0x0f, Math.floor(dataSet.length / 2))
  return { ...object, dataSet }
}

export function fileOf(object: RawObject): Buffer {
  return Buffer.concat([part10Beginning({ ...object, callingAeTitle: 'CD' }), object.dataSet])
}

/** Images of somebody who was never registered, as files of a disc from another hospital. */
export function discOf(name: string, instances: number, patientId = 'H-77001'): readonly Buffer[] {
  const elsewhere = createSimulatedModality({ aeTitle: 'OTHER', station: { aeTitle: '', host: '', port: 0 } })
  const patient = { name, patientId, sex: 'F', birthDate: '1962-08-15' }
  return elsewhere.takeImages({ patient, instances, modality: 'CT', description: '胸部CT平扫' }).objects.map(fileOf)
}

export function zipFile(files: readonly { readonly name: string; readonly bytes: Buffer }[]): Buffer {
  const inUtf8 = 0x800
  return zipOf(files.map((file) => ({ ...file, flags: inUtf8 })))
}

export function pngPicture(): Buffer {
  const png = new PNG({ width: 320, height: 240 })
  for (let at = 0; at < 320 * 240; at++)
    png.data.set([(at % 320) * 0.8, Math.floor(at / 320), (at * 7) % 256, 255], at * 4)
  return PNG.sync.write(png)
}

/** A PDF that a browser opens: one page with a few words. */
export function pdfPaper(): Buffer {
  const content = 'BT /F1 24 Tf 72 700 Td (Consent) Tj ET'
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = '%PDF-1.4\n'
  const at = parts.map((part, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${part}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const table = text.length
  text += `xref\n0 6\n0000000000 65535 f \n${at.join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

/** A film as a video endoscope sends it: the whole MP4 in one fragment, PS3.5 A.4.6. */
export function filmObject(mp4: Buffer, studyInstanceUid: string): RawObject {
  const [sopClassUid, sopInstanceUid] = ['1.2.840.10008.5.1.4.1.1.77.1.1.1', newUid()]
  const head = encodeDataSet(
    [
      { tag: 0x00080016, vr: 'UI', value: sopClassUid },
      { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
      { tag: 0x00080060, vr: 'CS', value: 'ES' },
      { tag: 0x00100010, vr: 'PN', value: '' },
      { tag: 0x00100020, vr: 'LO', value: '' },
      { tag: 0x0020000d, vr: 'UI', value: studyInstanceUid },
      { tag: 0x0020000e, vr: 'UI', value: newUid() },
      { tag: 0x00280002, vr: 'US', value: 3 },
      { tag: 0x00280004, vr: 'CS', value: 'YBR_PARTIAL_420' },
      { tag: 0x00280008, vr: 'IS', value: '25' },
      { tag: 0x00280010, vr: 'US', value: 240 },
      { tag: 0x00280011, vr: 'US', value: 320 },
      { tag: 0x00280100, vr: 'US', value: 8 },
      { tag: 0x00280101, vr: 'US', value: 8 },
      { tag: 0x00280102, vr: 'US', value: 7 },
      { tag: 0x00280103, vr: 'US', value: 0 },
    ],
    { explicitVr: true, text: 'ascii' },
  )
  const film = mp4.length % 2 === 0 ? mp4 : Buffer.concat([mp4, Buffer.alloc(1)])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(film.length)
  const pixelData = Buffer.from('e07f10004f420000ffffffff' + 'feff00e000000000' + 'feff00e0', 'hex')
  const end = Buffer.from('feffdde000000000', 'hex')
  return {
    sopClassUid,
    sopInstanceUid,
    transferSyntaxUid: '1.2.840.10008.1.2.4.102',
    dataSet: Buffer.concat([head, pixelData, length, film, end]),
  }
}

export type PemPair = { readonly certificate: string; readonly privateKey: string }

/** A certificate made at home, as the handbook says. */
export function homemadeCertificate(): PemPair {
  const folder = mkdtempSync(join(tmpdir(), 'desk-tls-'))
  try {
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'key.pem']
    const subject = ['-subj', '/CN=yingzhan', '-days', '30']
    execFileSync('openssl', ['req', '-x509', ...key, '-out', 'cert.pem', ...subject], { cwd: folder, stdio: 'pipe' })
    const read = (name: string) => readFileSync(join(folder, name), 'utf8')
    return { certificate: read('cert.pem'), privateKey: read('key.pem') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the central directory of a ZIP names, APPNOTE 4.3.12. */
export function namesInZip(zip: Buffer): string[] {
  const names: string[] = []
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4, 'latin1'))
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)))
  return names
}
