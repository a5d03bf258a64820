import type { Exam } from '../models/exam.ts'
import type { Patient } from '../models/patient.ts'
import type { ReportVersion } from '../models/report.ts'

type CodedExamField = 'applyDepartment' | 'applyDoctor' | 'examDepartment' | 'examDoctor' | 'ward'

/**
 * Where the value of a field on the wire comes from in our own model. Stands in the field tables of both clouds; docs/field-mapping.md,
 * the preflight and the desk's byte counters read it there. 'not kept': the station does not keep such a thing and never sends it.
 */
export type FieldSource =
  | `patient.${Exclude<keyof Patient, 'id'> | 'age' | 'ageUnit'}`
  | `exam.${Exclude<keyof Exam, 'id' | CodedExamField>}`
  | `exam.${CodedExamField}.${'code' | 'name'}`
  | `report.${Exclude<keyof ReportVersion, 'reportDoctor' | 'auditDoctor'> | 'pdf'}`
  | `report.${'reportDoctor' | 'auditDoctor'}.${'code' | 'name'}`
  /** The first print of the released version. */
  | `print.${'at' | 'by'}`
  | `institution.${'hospitalCode' | 'hospitalId' | 'unionId'}`
  /** What the device said of the study, or the archive of an instance. */
  | `study.${'dateTime' | 'uid' | 'seriesUid' | 'instanceUid' | 'file'}`
  | `counts.${'images' | 'series' | 'reports' | 'pdfs'}`
  | `settings.${'uid' | 'appSecret'}`
  /** The person at the desk who asks. */
  | `account.${'displayName' | 'doctorCode' | 'department.code' | 'department.name'}`
  /** What that person chose or answered. */
  | `question.${'kind' | 'from' | 'to' | 'usage' | 'scope' | 'recognised' | 'quoted' | 'reason'}`
  | `mapping.${'projects' | 'itemCode' | 'itemName' | 'type' | 'sampleTypeCode' | 'price' | 'standardCode' | 'standardName'}`
  /** What the cloud has told before. */
  | `cloud.${'examId' | 'reportId' | 'accessNumber' | 'hospitalCode'}`
  | `period.${'from' | 'to' | 'exams'}`
  /** Comes from the cloud (the status callback). */
  | 'callback'
  | 'station.mac'
  | 'clock.now'
  | 'not kept'
