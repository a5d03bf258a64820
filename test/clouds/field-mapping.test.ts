import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fieldMapping, fieldMappingPath } from '../../build/write-field-mapping.ts'

describe('docs/field-mapping.md', () => {
  it('is what the field tables say now (if not: node build/write-field-mapping.ts)', () => {
    expect(readFileSync(fieldMappingPath, 'utf8')).toBe(fieldMapping())
  })

  it('has every call of both documents, and a source for every field', () => {
    const page = fieldMapping()
    for (const call of [
      ...['study/add', 'report/add', 'getStudyQR', 'study/delete', 'reconcilelog', 'reconcilerangelog'],
      ...['patientStudies', 'patientConsultations', 'patientReportUrl', '检查状态同步回调'],
      ...['getToken', 'projectContrast', 'savePatientExam', 'uploadDicom', 'saveExamPdf', 'getdigitalImageUrl'],
      ...['queryFormerlyExam', 'queryExamPdfData', 'saveReminderCallRecord', 'saveRecognExamRecord'],
    ]) {
      expect(page).toContain(call)
    }
    expect(page).not.toContain('undefined')
    const rows = page.split('\n').filter((line) => line.startsWith('| `'))
    expect(rows.length).toBeGreaterThan(240)
    for (const row of rows) expect(row.split(' | ').at(-1)?.replace(' |', '').trim()).not.toBe('')
  })
})
