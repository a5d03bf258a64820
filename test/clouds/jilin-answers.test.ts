import { describe, expect, it } from 'vitest'
import { classifyJilin, type JilinCall, jilinAnswers } from '../../shared/clouds/jilin/answers.ts'

/** The codes of each call, copied from the tables and examples of the provincial document. */
const documented: Readonly<Record<JilinCall, readonly number[]>> = {
  getToken: [200, 400, 403, 11001, 11003, 11004],
  saveReminderCallRecord: [200, 400, 403, 503],
  projectContrast: [200, 400],
  savePatientExam: [200, 400, 403, 503],
  uploadDicom: [200, 400, 403, 503],
  saveExamPdf: [200, 400, 403, 503],
  getdigitalImageUrl: [200, 400, 403, 503, 504],
  queryFormerlyExam: [200, 400, 403, 404, 503, 409, 409],
  queryExamPdfData: [200, 400, 404, 503],
  saveRecognExamRecord: [200, 400, 403, 503],
}
const calls = Object.keys(documented) as JilinCall[]

const kindOf = (call: JilinCall, code: unknown, msg = '', status = 200) => {
  const verdict = classifyJilin(call, { status, body: { code, msg } }, {})
  return verdict.kind === 'token-refused' ? verdict.kind : verdict.outcome.kind
}

describe('the codes of the provincial document', () => {
  it.each(calls)('are all in the table of %s; a refused token may come from any call but getToken', (call) => {
    const known = jilinAnswers[call].map((row) => row.code).sort((a, b) => a - b)
    expect(known).toEqual([...new Set([403]), ...documented[call].filter((c) => c !== 403)].sort((a, b) => a - b))
  })

  it('mean the same everywhere: done, fix the exam, a refused token, retry', () => {
    for (const call of calls.filter((c) => c !== 'getToken')) {
      expect([call, kindOf(call, 200), kindOf(call, 400), kindOf(call, 403)]).toEqual([
        call,
        'done',
        'fix-exam',
        'token-refused',
      ])
      expect([call, kindOf(call, 503)]).toEqual([call, call === 'projectContrast' ? 'unknown' : 'retry'])
    }
    expect([400, 403, 11001].map((code) => kindOf('getToken', code))).toEqual([
      'fix-settings',
      'fix-settings',
      'fix-settings',
    ])
  })

  it('200 is success as a number or as the text of the tables, and only with HTTP 200', () => {
    expect(kindOf('savePatientExam', '200')).toBe('done')
    for (const code of [0, '0', '', 'ok', 200.5, true, null, undefined, [200]]) {
      expect([code, kindOf('savePatientExam', code)]).toEqual([code, 'unknown'])
    }
    expect(kindOf('savePatientExam', 200, '', 202)).toBe('unknown')
    expect(kindOf('savePatientExam', 200, '', 412)).toBe('unknown')
    expect(kindOf('savePatientExam', 200, '', 500)).toBe('retry')
    expect(kindOf('savePatientExam', 400, '', 400)).toBe('fix-exam')
  })
})
