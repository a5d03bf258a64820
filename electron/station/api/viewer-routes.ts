import { Readable } from 'node:stream'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import type { InstanceFacts } from '../../../shared/models/study.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { termsReadAs } from '../../../shared/text/charset-doctor.ts'
import { chinaCompactDay } from '../../../shared/text/china-time.ts'
import { part10FileOf, unalteredBytes } from '../archive/part10-file.ts'
import { fileNameOf } from '../documents/take-away-words.ts'
import { type ExportForm, exportEntries, exportForms } from '../pictures/export-images.ts'
import { tagsOf } from '../pictures/tag-view.ts'
import { zipStream } from '../pictures/zip-stream.ts'
import { originalCopy } from '../uploads/copy-to-send.ts'
import { type Answer, answered } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'

const formWords: Readonly<Record<ExportForm, string>> = { dicom: 'DICOM', jpeg: 'JPEG', anonymised: '去标识' }

/** Images as files, and what they say about themselves. */
export function answerViewer(answer: Answer, rooms: ApiRooms): void {
  const { archive, audit, clock, log, readDossier, renderFrame, settings } = rooms

  /** A device that declares the wrong character set is read as staff decided for it. */
  function readAs({ sopInstanceUid }: InstanceFacts): readonly string[] | undefined {
    const current = archive.versionsOf(sopInstanceUid).find(({ isCurrent }) => isCurrent)
    return current && termsReadAs(settings.readAsOf(current.callingAeTitle))
  }

  answer(routes.instanceTags, async ({ params }) => {
    const instance = archive.instance(params.id!)
    const stored = archive.dataSetOf(params.id!)
    if (!instance || !stored) return fail('NOT-FOUND', { what: '这幅图像' })
    try {
      return ok(await tagsOf(stored, readAs(instance)))
    } catch (error) {
      log.error({ err: error, instanceId: instance.id }, 'the tags of a stored file cannot be read')
      archive.alarmUnusable(instance.id, 'missing')
      return fail('WEB-FILE-MISSING')
    }
  })

  answer(routes.instanceFile, async ({ params, reply, user }) => {
    const instance = archive.instance(params.id!)
    const stored = archive.dataSetOf(params.id!)
    if (!instance || !stored) return fail('NOT-FOUND', { what: '这幅图像' })
    const file = await part10FileOf(stored)
    if (!file) {
      archive.alarmUnusable(instance.id, 'missing')
      return fail('WEB-FILE-MISSING')
    }
    audit.record({
      actor: user.username,
      action: 'download-image',
      subjectKind: 'instance',
      subjectId: instance.id,
      details: { sopInstanceUid: instance.sopInstanceUid },
    })
    const name = [instance.modality, instance.seriesNumber ?? 0, instance.instanceNumber ?? 0].join('_')
    const bytes = unalteredBytes(file, stored, () => archive.alarmUnusable(instance.id, 'altered'))
    reply.header('cache-control', 'no-store').header('content-length', file.length)
    reply.header('content-disposition', attachment(`${fileNameOf(name)}.dcm`))
    await reply.type('application/dicom').send(Readable.from(bytes, { objectMode: false }))
    return ok(answered)
  })

  answer(routes.examExport, async ({ params, query, reply, user }) => {
    const form = exportForms.find((one) => one === params.form)
    if (!form) return fail('NOT-FOUND', { what: '这个地址' })
    const dossier = readDossier(params.id!)
    if (!dossier) return fail('NOT-FOUND', { what: '检查' })
    const chosen = chosenInstances(dossier, query.instances)
    if (!chosen.ok) return chosen
    const instances = chosen.value
    audit.record({
      actor: user.username,
      action: 'export-images',
      subjectKind: 'exam',
      subjectId: dossier.exam.id,
      details: { form, images: instances.length, whole: query.instances === undefined },
    })
    const at = clock()
    const deps = {
      dataSetOf: archive.dataSetOf,
      renderFrame,
      alarm: archive.alarmUnusable,
      async isUnaltered({ id }: InstanceFacts) {
        const stored = archive.dataSetOf(id)
        const made = stored && (await originalCopy(stored))
        if (made?.kind === 'made') return true
        archive.alarmUnusable(id, !made || made.reason.code === 'COPY-FILE-MISSING' ? 'missing' : 'altered')
        return false
      },
    }
    const name = exportName(form, dossier, at)
    reply.header('cache-control', 'no-store').header('content-disposition', attachment(`${name}.zip`))
    const zip = zipStream(exportEntries(deps, form, instances, identifyingOf(rooms, dossier, instances)), at)
    zip.once('error', (error) => log.error({ err: error, examId: dossier.exam.id, form }, 'an export broke off'))
    await reply.type('application/zip').send(zip)
    return ok(answered)
  })
}

const attachment = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

/** Of an anonymised export nobody's name stands in the file's either. */
function exportName(form: ExportForm, { patient, exam }: ExamDossier, at: number): string {
  const day = chinaCompactDay(at)
  if (form === 'anonymised') return `影像_${formWords[form]}_${day}`
  return fileNameOf(`影像_${patient.name}_${exam.accessionNumber}_${formWords[form]}_${day}`)
}

function chosenInstances(dossier: ExamDossier, wanted: string | undefined): Outcome<readonly InstanceFacts[]> {
  const ids = wanted?.split(',').filter((id) => id !== '')
  if (ids?.some((id) => !dossier.instances.some((instance) => instance.id === id)))
    return fail('NOT-FOUND', { what: '这幅图像' })
  const instances = ids ? dossier.instances.filter(({ id }) => ids.includes(id)) : dossier.instances
  return instances.length > 0 ? ok(instances) : fail('NO-IMAGES')
}

/** By which somebody could be found: what was registered, and what the images themselves say. */
function identifyingOf({ archive }: ApiRooms, dossier: ExamDossier, instances: readonly InstanceFacts[]): string[] {
  const { patient, exam, institution, report } = dossier
  const studies = archive.studies([...new Set(instances.map((one) => one.studyInstanceUid))])
  const compact = (day: string | undefined) => day?.replaceAll('-', '')
  return [
    patient.name,
    patient.namePinyin,
    patient.namePinyin.replaceAll(' ', '^'),
    patient.namePinyin.replaceAll(' ', ''),
    patient.patientId,
    patient.birthDate,
    compact(patient.birthDate),
    patient.identity?.number,
    patient.phone,
    patient.medicalInsuranceNumber,
    patient.healthCardNumber,
    patient.homeAddress,
    patient.otherIdentity,
    exam.accessionNumber,
    institution.name,
    report?.reportDoctor?.name,
    report?.auditDoctor?.name,
    ...studies.flatMap((study) => [
      study.patientName,
      study.patientId,
      compact(study.patientBirthDate),
      study.accessionNumber,
      study.referringPhysician,
      study.requestedProcedureId,
      study.scheduledProcedureStepId,
      study.studyInstanceUid,
    ]),
    ...instances.flatMap((one) => [one.sopInstanceUid, one.seriesInstanceUid]),
  ].filter((word) => word !== undefined && word !== '') as string[]
}
