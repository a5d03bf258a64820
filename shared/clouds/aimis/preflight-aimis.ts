import type { AimisSettings } from '../../models/destination.ts'
import type { ExamDossier } from '../../models/exam-dossier.ts'
import { inBoth } from '../../problems/both-words.ts'
import { bothLabels } from '../field-labels.ts'
import { beginning, isFilledInLater, type PreflightLine, placeOfSource } from '../preflight-line.ts'
import { type AimisFieldProblem, checkAimisBody } from './check-body.ts'
import type { AimisField } from './field.ts'
import { reconcileLogFields, reportAddFields } from './fields.ts'
import { aimisCountsOf, aimisStatusOf, mapReconcileLog, mapReportAdd, mapStudyAdd } from './map-exam.ts'
import { studyAddFields } from './study-add-fields.ts'

/**
 * What AIMIS would say: the three calls that an exam makes, by the tables that the client checks them with. Class A stops delivery,
 * class B is recommended; the documents give no lengths.
 */
export function preflightAimis(
  dossier: ExamDossier,
  settings: Pick<AimisSettings, 'pdfAsDicom'>,
): readonly PreflightLine[] {
  const counts = aimisCountsOf(dossier, settings.pdfAsDicom)
  const calls: readonly (readonly [readonly AimisField[], object])[] = [
    [studyAddFields, mapStudyAdd(dossier, aimisStatusOf(dossier), counts)],
    ...(dossier.report ? [[reportAddFields, mapReportAdd(dossier)] as const] : []),
    // The counts are told once the images have come.
    ...(dossier.instances.length > 0 ? [[reconcileLogFields, mapReconcileLog(dossier, counts)] as const] : []),
  ]
  const lines = new Map<string, PreflightLine>()
  for (const [fields, body] of calls) {
    const { problems, recommended } = checkAimisBody(fields, body)
    for (const problem of problems) lines.set(problem.name, blocking(fieldOf(fields, problem.name), problem))
    for (const { name, label } of recommended) {
      const field = fieldOf(fields, name)
      const isLater = isFilledInLater(field.from, 'MISSING-FIELD', dossier.report)
      if (!lines.has(name) && !isLater) lines.set(name, recommending(field, label))
    }
  }
  return [...lines.values()]
}

const words = {
  missing: inBoth(
    '腾讯影像云必填，补全前不能上传',
    'Tencent’s cloud needs it, nothing is uploaded before it is filled in',
  ),
  wrong: inBoth(
    '腾讯影像云会拒收，修改前不能上传',
    'Tencent’s cloud would refuse it, nothing is uploaded before it is changed',
  ),
} as const

function blocking(field: AimisField, { kind, text, english }: AimisFieldProblem): PreflightLine {
  const { name, label, from } = field
  const code = kind === 'missing' ? 'MISSING-FIELD' : kind === 'damaged' ? 'FIELD-CHARACTERS' : 'FIELD-FORMAT'
  const consequence = kind === 'missing' ? words.missing : words.wrong
  return {
    severity: 'blocks',
    code,
    field: name,
    label,
    labelInEnglish: bothLabels(label).english,
    message: `${text}：${consequence.chinese}`,
    messageInEnglish: `${beginning(english)}: ${consequence.english}`,
    place: placeOfSource(from),
  }
}

function recommending({ name, from }: AimisField, label: string): PreflightLine {
  const labelInEnglish = bothLabels(label).english
  return {
    severity: 'recommended',
    code: 'RECOMMENDED-FIELD',
    field: name,
    label,
    labelInEnglish,
    message: `没有${label}：腾讯影像云建议填写，不填也会上传`,
    messageInEnglish: `No ${labelInEnglish}: Tencent’s cloud recommends it, the exam goes without it too`,
    place: placeOfSource(from),
  }
}

function fieldOf(fields: readonly AimisField[], name: string): AimisField {
  const field = fields.find((known) => known.name === name)
  if (!field) throw new Error(`No field ${name} in its table`)
  return field
}
