import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import type { TakeAwayDeps } from '../../electron/station/documents/take-away.ts'
import type { ElementToWrite } from '../../shared/dicom/data-set-writer.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import type { InstanceFacts, StudyHeader } from '../../shared/models/study.ts'
import { ctImageStorage, explicitLittle, smallObject } from '../archive/archive-for-tests.ts'
import { sampleDossier } from './sample-dossier.ts'

export const now = Date.parse('2026-01-05T11:00:00+08:00')
export const reportBytes = Buffer.from('%PDF-1.4 the report %%EOF')
const pdfStorage = '1.2.840.10008.5.1.4.1.1.104.1'

/** Two series of real small objects on the disk: five slices, one of them a film of nine frames, and a paper. */
export function examOnDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-take-away-'))
  const files = new Map<string, { path: string; offset: number; length: number }>()
  const wholes = new Map<string, Buffer>()
  const instances = Array.from({ length: 6 }, (_, index): InstanceFacts => {
    const isPaper = index === 5
    const sopInstanceUid = `2.25.70${index}`
    const sopClassUid = isPaper ? pdfStorage : ctImageStorage
    const seriesInstanceUid = isPaper ? '2.25.8002' : '2.25.8001'
    const more: ElementToWrite[] = [
      { tag: 0x00080016, vr: 'UI', value: sopClassUid },
      { tag: 0x0020000d, vr: 'UI', value: '2.25.80' },
      { tag: 0x0020000e, vr: 'UI', value: seriesInstanceUid },
      { tag: 0x00200013, vr: 'IS', value: String(index + 1) },
    ]
    const head = part10Beginning({
      callingAeTitle: 'CT1',
      transferSyntaxUid: explicitLittle,
      sopClassUid,
      sopInstanceUid,
    })
    const { dataSet } = smallObject(more, sopInstanceUid)
    const id = `instance-${index}`
    const path = join(folder, `${id}.dcm`)
    const whole = Buffer.concat([head, dataSet])
    wholes.set(sopInstanceUid, whole)
    writeFileSync(path, Buffer.concat([whole, Buffer.from('not part of it')]))
    files.set(id, { path, offset: head.length, length: dataSet.length })
    return {
      id,
      sopInstanceUid,
      sopClassUid,
      seriesInstanceUid,
      studyInstanceUid: '2.25.80',
      transferSyntaxUid: explicitLittle,
      modality: isPaper ? 'DOC' : 'CT',
      seriesNumber: isPaper ? null : 2,
      seriesDescription: '',
      instanceNumber: index + 1,
      bodyPart: '',
      protocolName: '',
      laterality: '',
      rows: isPaper ? 0 : 4,
      columns: isPaper ? 0 : 4,
      numberOfFrames: index === 4 ? 9 : 1,
      sizeBytes: dataSet.length,
      versionId: '',
      receivedAt: now,
    }
  })
  const study: StudyHeader = {
    studyInstanceUid: '2.25.80',
    patientId: 'P26000001',
    patientName: 'ZHANG^SAN=张^三',
    patientSex: 'M',
    patientBirthDate: '1988-03-05',
    accessionNumber: 'US2601050001',
    modality: 'CT',
    studyDateTime: '2026-01-05 09:30:15',
    studyDescription: '胸部平扫',
    bodyPart: '',
    requestedProcedureId: '',
    patientAge: '',
    scheduledProcedureStepId: '',
    studyId: 'STUDY 7',
    referringPhysician: '',
    callingAeTitle: 'CT1',
  }
  const drawn: string[] = []
  const dossier: ExamDossier = { ...sampleDossier, instances }
  const deps: TakeAwayDeps = {
    clock: () => now,
    dossierOf: (id) => (id === dossier.exam.id ? dossier : undefined),
    studies: () => [study],
    storedFileOf: (id) => files.get(id),
    isUnaltered: async ({ id, sopInstanceUid }) => {
      const { path } = files.get(id)!
      return existsSync(path) && readFileSync(path).indexOf(wholes.get(sopInstanceUid)!) === 0
    },
    async pictureOf(id, frame) {
      drawn.push(`${id}/${frame}`)
      if (id === 'instance-1' || id === 'instance-5') return { kind: 'cannot', reason: 'not shown' }
      return { kind: 'rendered', bytes: Buffer.from(`picture of ${id} ${frame}`) }
    },
    reportPdf: async () => ({ kind: 'printed', pdf: reportBytes, notices: [] }),
  }
  return {
    folder,
    deps,
    dossier,
    instances,
    wholes,
    drawn,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
