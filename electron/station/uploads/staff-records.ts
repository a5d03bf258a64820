import type { RecognExamRecord, ReminderCallRecord } from '../../../shared/clouds/jilin/queries.ts'
import type { CallRecord, Recognition } from '../../../shared/models/lookup.ts'
import { chinaDateTime } from '../../../shared/text/china-time.ts'
import type { Asker } from './lookup-asker.ts'
import { searchTypes } from './prior-exams.ts'

/** 1：提醒数据；2：调阅数据；3：pdf 文件查询. */
const retrivaTypes = { reminder: '1', view: '2', pdf: '3' } as const satisfies Record<CallRecord['kind'], string>

/**
 * saveReminderCallRecord: what staff were shown, or looked at, of an exam of another institution. Made when it happened and kept as
 * it is: retrivalTime is that moment, however much later it is sent. searchType belongs to a reminder (retrivaType 1) only.
 */
export function callRecordBody(
  record: Pick<CallRecord, 'cloudExamId' | 'kind' | 'searchType'>,
  hospitalCode: string,
  asker: Asker,
  at: number,
): ReminderCallRecord {
  return {
    ...(hospitalCode === '' ? {} : { hospitalCode }),
    examId: record.cloudExamId,
    queryDocName: asker.queryDocName,
    queryDocCode: asker.queryDocCode,
    retrivalTime: chinaDateTime(at),
    retrivaType: retrivaTypes[record.kind],
    ...(record.kind === 'reminder' && record.searchType ? { searchType: searchTypes[record.searchType] } : {}),
    mac: asker.mac,
  }
}

/** saveRecognExamRecord: whether a doctor recognises an exam of another institution, and quotes it in the own report. */
export function recognitionBody(
  recognition: Pick<Recognition, 'cloudExamId' | 'recognised' | 'quoted' | 'reason'>,
  hospitalCode: string,
  asker: Asker,
  at: number,
): RecognExamRecord {
  return {
    ...(hospitalCode === '' ? {} : { hospitalCode }),
    examId: recognition.cloudExamId,
    queryDocCode: asker.queryDocCode,
    retrivalTime: chinaDateTime(at),
    recognFlag: recognition.recognised ? '1' : '0',
    quoteFlag: recognition.quoted ? '1' : '0',
    ...(recognition.reason ? { reason: recognition.reason } : {}),
    mac: asker.mac,
  }
}
