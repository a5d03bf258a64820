import type { CloudReason } from '../../../shared/clouds/cloud-outcome.ts'
import type { CodedName } from '../../../shared/models/exam.ts'
import type { ExamDossier } from '../../../shared/models/exam-dossier.ts'
import { gb18030Length } from '../../../shared/text/gb18030-length.ts'

/** The person at the desk who asks. */
export type Person = { readonly username: string; readonly displayName: string; readonly doctorCode: string }

/** Who asks, in the fields of the provincial document: 调阅医师, 调阅科室, mac. */
export type Asker = {
  readonly queryDocName: string
  readonly queryDocCode: string
  readonly queryDeptName: string
  readonly queryDeptCode: string
  readonly mac: string
}

/** AN..10, AN..10, AN..10 and AN..20 of queryFormerlyExam, in bytes of GB 18030. */
const limits = { name: 10, code: 10, departmentName: 10, departmentCode: 20 } as const

/**
 * Who asks about an exam. The department is where the exam is done, else where it was ordered, else the station's own: the first that
 * has a code and a name of allowed length. A doctor without a code, or with too long a name, can't ask: the platform wants both.
 */
export function askerOf(
  person: Person,
  dossier: Pick<ExamDossier, 'exam'>,
  stationDepartment: CodedName,
  mac: string,
): { readonly kind: 'asker'; readonly asker: Asker } | { readonly kind: 'refused'; readonly reason: CloudReason } {
  const { displayName, doctorCode } = person
  if (doctorCode === '') return { kind: 'refused', reason: words.noCode }
  if (gb18030Length(doctorCode) > limits.code) return { kind: 'refused', reason: words.longCode }
  if (gb18030Length(displayName) > limits.name) return { kind: 'refused', reason: words.longName }
  const { examDepartment, applyDepartment } = dossier.exam
  const department = [examDepartment, applyDepartment].find(fits) ?? stationDepartment
  return {
    kind: 'asker',
    asker: {
      queryDocName: displayName,
      queryDocCode: doctorCode,
      queryDeptName: department.name,
      queryDeptCode: department.code,
      mac,
    },
  }
}

function fits(department: CodedName | undefined): department is CodedName {
  if (!department || department.code === '' || department.name === '') return false
  return (
    gb18030Length(department.name) <= limits.departmentName && gb18030Length(department.code) <= limits.departmentCode
  )
}

const words = {
  noCode: {
    code: 'DOCTOR-CODE',
    message: '您的账号没有填写医师编码，省影像云不接受这样的查询和记录，未发送',
    action: '请管理员在“用户”页填写您的医师编码',
    english:
      'Your account has no doctor code, and the provincial cloud takes no such questions and records without one; nothing was sent',
    englishAction: 'Ask an administrator to enter your doctor code on the page “Users”',
  },
  longCode: {
    code: 'DOCTOR-CODE',
    message: '您的医师编码超过省影像云规定的 10 个字节，未发送',
    action: '请管理员在“用户”页核对您的医师编码',
    english: 'Your doctor code is longer than the 10 bytes that the provincial cloud takes; nothing was sent',
    englishAction: 'Ask an administrator to check your doctor code on the page “Users”',
  },
  longName: {
    code: 'DOCTOR-NAME',
    message: '您的姓名超过省影像云规定的 10 个字节（5 个汉字），未发送',
    action: '请管理员在“用户”页把姓名改为 5 个汉字以内',
    english:
      'Your name is longer than the 10 bytes (5 Chinese characters) that the provincial cloud takes; nothing was sent',
    englishAction: 'Ask an administrator to shorten your name to at most 5 Chinese characters on the page “Users”',
  },
} as const satisfies Record<string, CloudReason>
