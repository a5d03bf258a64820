import dicomParser from 'dicom-parser'
import { checkBody } from '../../shared/clouds/jilin/check-body.ts'
import type { JilinField } from '../../shared/clouds/jilin/field.ts'
import { projectFields, standardProjectFields } from '../../shared/clouds/jilin/fields.ts'
import type { Upload, UploadedFile } from './read-upload.ts'

type Body = Readonly<Record<string, unknown>>

/**
 * The first thing wrong with a body by its field table; undefined: nothing is. Strict on necessity, types, code lists, times and
 * lengths, except narrative texts and long UIDs, which pass. Names beyond the table pass too: the document's own examples have some.
 */
export function refuseJilinBody(fields: readonly JilinField[], body: Body): string | undefined {
  const nulls = Object.entries(body).find(([, value]) => value === null || value === 'null')
  if (nulls) return `${nulls[0]} 为 null`
  return checkBody(fields, body).problems[0]?.text
}

/** projectContrast: `projects` in the shape of the document's example, each entry by the table. */
export function refuseProjects(projects: unknown): string | undefined {
  if (!Array.isArray(projects) || projects.length === 0) return 'projects 应为非空数组'
  for (const project of projects as readonly Body[]) {
    const wrong = refuseJilinBody(projectFields, { ...project })
    if (wrong) return wrong
    if (!Array.isArray(project.standardProjectList)) return 'standardProjectList 应为数组'
    const standard = (project.standardProjectList as readonly Body[])
      .map((entry) => refuseJilinBody(standardProjectFields, { ...entry }))
      .find(Boolean)
    if (standard) return standard
  }
  return undefined
}

/** Exactly the table's parts: each text once, one file under the file's name. */
export function refuseParts(fields: readonly JilinField[], upload: Upload): string | undefined {
  const fileField = fields.find((field) => field.type === 'BY')?.name
  const [file, another] = upload.files
  if (!file || another || file.field !== fileField) return `应有且仅有一个文件 ${fileField}`
  const stranger = Object.keys(upload.texts).find((name) => !fields.some((field) => field.name === name))
  if (stranger !== undefined) return `没有字段 ${stranger}`
  return refuseJilinBody(fields, { ...upload.texts, [file.field]: file })
}

export function refusePdf(file: UploadedFile): string | undefined {
  if (file.head.subarray(0, 5).toString('latin1') !== '%PDF-') return '文件不是 PDF'
  return file.bytes > 2 * 1024 * 1024 ? 'PDF 文件超过 2M' : undefined
}

/** A PS3.10 file whose AccessionNumber and UIDs are those of the form: that is how the platform joins index and images. */
export function refuseDicom(file: UploadedFile, texts: Upload['texts']): string | undefined {
  if (file.head.subarray(128, 132).toString('latin1') !== 'DICM') return '文件不是 DICOM'
  const dataSet = headerOf(file)
  if (!dataSet) return 'DICOM 文件头无法读取'
  const expected = {
    x00080050: texts.accessNumber,
    x0020000d: texts.studyUid,
    x0020000e: texts.seriesUid,
    x00080018: texts.instanceUid,
  }
  const wrong = Object.entries(expected).find(([tag, value]) => dataSet.string(tag) !== value)
  return wrong ? `DICOM 文件与表单不一致：(${wrong[0].slice(1, 5)},${wrong[0].slice(5)})` : undefined
}

export function transferSyntaxOf(file: UploadedFile): string {
  return headerOf(file)?.string('x00020010') ?? ''
}

/** The elements before the pixel data. Of a file longer than what was kept of it, those that the kept part has. */
function headerOf(file: UploadedFile): dicomParser.DataSet | undefined {
  try {
    return dicomParser.parseDicom(file.head, { untilTag: 'x7fe00010' })
  } catch (thrown) {
    // The parser throws { exception, dataSet }, the data set as far as it came.
    const isPartial = typeof thrown === 'object' && thrown !== null && 'dataSet' in thrown
    return isPartial ? (thrown.dataSet as dicomParser.DataSet | undefined) : undefined
  }
}
