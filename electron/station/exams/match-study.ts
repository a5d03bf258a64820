import type { Exam } from '../../../shared/models/exam.ts'
import type { Patient } from '../../../shared/models/patient.ts'
import type { MatchCandidate, MatchDecision, MatchReason, StudyHeader } from '../../../shared/models/study.ts'
import { readChinaTime, startOfChinaDay } from '../../../shared/text/china-time.ts'
import { readPersonName } from '../../../shared/text/person-name.ts'

export type MatchExam = { readonly exam: Exam; readonly patient: Patient }

/** Points of agreement below which an exam is not worth showing; one that agrees and contradicts is shown, with both. */
const worthShowing = 30

/** What names the exam itself; one of these agreeing, with nothing against it, is certain. */
const identifying: readonly MatchReason['key'][] = ['study-instance-uid', 'accession-number']

/** What points to an exam without being enough alone: pointing to another exam than the others is a doubt. */
const pointing: readonly MatchReason['key'][] = [...identifying, 'requested-procedure-id']

/** What speaks against a person; any of these disagreeing needs a human eye. */
const personal: readonly MatchReason['key'][] = ['patient-id', 'patient-name', 'patient-sex', 'patient-birth-date']

/**
 * Which exam a received study belongs to. One exam that its own identifiers name, with the same person, is certain;
 * everything else is for staff, with candidates, scores and reasons. Two plausible exams are never decided here.
 */
export function matchStudy(study: StudyHeader, exams: readonly MatchExam[]): MatchDecision {
  const candidates = exams
    .map((one) => candidateOf(study, one))
    .filter((candidate) => candidate.score >= worthShowing || agreesIn(pointing, candidate))
    .sort((a, b) => b.score - a.score)
  const pointedOnes = candidates.filter((candidate) => agreesIn(pointing, candidate))
  const [only] = pointedOnes
  const isNamed = only && pointedOnes.length === 1 && agreesIn(identifying, only)
  if (isNamed && contradictions(only).length === 0) return { kind: 'certain', candidate: only }
  return { kind: 'ask-staff', candidates: candidates.slice(0, 5), reason: whyAsk(study, pointedOnes, candidates) }
}

/** The reasons that say 'another person'. */
export function contradictions(candidate: MatchCandidate): MatchReason[] {
  return candidate.reasons.filter((reason) => !reason.agrees && personal.includes(reason.key))
}

export function candidateOf(study: StudyHeader, { exam, patient }: MatchExam): MatchCandidate {
  const reasons = [
    same(
      'study-instance-uid',
      study.studyInstanceUid,
      exam.studyInstanceUid,
      100,
      '检查实例号（StudyInstanceUID）一致',
    ),
    same('accession-number', study.accessionNumber, exam.accessionNumber, 90, `检查号一致：${exam.accessionNumber}`),
    same('requested-procedure-id', study.requestedProcedureId, exam.accessionNumber, 40, '申请编号一致'),
    compare('patient-id', study.patientId, patient.patientId, 40, -30, '患者编号'),
    ...compareName(study, patient),
    compareSex(study.patientSex, patient.sex),
    compare('patient-birth-date', study.patientBirthDate, patient.birthDate, 20, -40, '出生日期'),
    compareModality(study.modality, exam.modality),
    same('device', study.callingAeTitle, exam.scheduledAeTitle ?? '', 5, `由预定设备 ${study.callingAeTitle} 发送`),
    compareTime(study.studyDateTime, exam.scheduledAt),
  ].filter((reason) => reason !== undefined)
  return { examId: exam.id, score: reasons.reduce((sum, reason) => sum + reason.points, 0), reasons }
}

const agreesIn = (keys: readonly MatchReason['key'][], candidate: MatchCandidate): boolean =>
  candidate.reasons.some((reason) => reason.agrees && keys.includes(reason.key))

function whyAsk(
  study: StudyHeader,
  pointedOnes: readonly MatchCandidate[],
  candidates: readonly MatchCandidate[],
): string {
  const [first] = pointedOnes
  if (pointedOnes.length > 1) return '影像里的标识分别指向不同的检查'
  const against = first ? contradictions(first).map((reason) => reason.text) : []
  if (against.length > 0) return `标识指向的检查与影像不是同一患者：${against.join('；')}`
  if (first && !agreesIn(identifying, first)) return '只有申请编号一致，请确认属于哪个检查'
  if (study.accessionNumber === '')
    return candidates.length > 0 ? '影像没有检查号，请确认属于哪个检查' : '影像没有检查号，也没有相近的检查'
  return `没有检查号为 ${study.accessionNumber} 的检查`
}

/** An identifier can only speak for an exam: another value says nothing, since most exams have another. */
function same(
  key: MatchReason['key'],
  found: string,
  wanted: string,
  points: number,
  text: string,
): MatchReason | undefined {
  return found !== '' && found === wanted ? { key, agrees: true, points, text } : undefined
}

function compare(
  key: MatchReason['key'],
  found: string,
  wanted: string,
  forIt: number,
  against: number,
  what: string,
): MatchReason | undefined {
  if (found === '' || wanted === '') return undefined
  if (found === wanted) return { key, agrees: true, points: forIt, text: `${what}一致` }
  return { key, agrees: false, points: against, text: `${what}不同：登记为 ${wanted}，影像为 ${found}` }
}

function compareName(study: StudyHeader, patient: Patient): MatchReason[] {
  const found = readPersonName(study.patientName)
  const letters = (text: string) => text.toUpperCase().replace(/[^A-Z]/g, '')
  const hanzi = (text: string) => text.replace(/[\s^·.]/g, '')
  const chinese = [found.ideographic, found.alphabetic].map(hanzi).find((text) => /\p{Script=Han}/u.test(text))
  if (chinese && chinese === hanzi(patient.name))
    return [{ key: 'patient-name', agrees: true, points: 30, text: `姓名一致：${patient.name}` }]
  if (chinese && !study.patientName.includes('\uFFFD')) {
    return [
      { key: 'patient-name', agrees: false, points: -60, text: `姓名不同：登记为 ${patient.name}，影像为 ${chinese}` },
    ]
  }
  const latin = letters(found.alphabetic)
  if (latin === '') return []
  const wanted = letters(patient.namePinyin)
  if (latin === wanted || latin === letters(patient.name)) {
    return [{ key: 'patient-name-pinyin', agrees: true, points: 20, text: `姓名拼音一致：${patient.namePinyin}` }]
  }
  return [
    {
      key: 'patient-name',
      agrees: false,
      points: -40,
      text: `姓名拼音不同：登记为 ${patient.namePinyin}，影像为 ${found.alphabetic.replaceAll('^', ' ')}`,
    },
  ]
}

const sexWords: Readonly<Record<string, string>> = { M: '男', F: '女', O: '其他' }

function compareSex(found: string, wanted: string): MatchReason | undefined {
  if (!(found in sexWords) || found === 'O' || wanted === 'O') return undefined
  if (found === wanted) return { key: 'patient-sex', agrees: true, points: 5, text: '性别一致' }
  return {
    key: 'patient-sex',
    agrees: false,
    points: -60,
    text: `性别不同：登记为${sexWords[wanted]}，影像为${sexWords[found]}`,
  }
}

/** Devices name plain X-ray in three ways. */
const sameModality = (a: string, b: string): boolean => a === b || [a, b].every((m) => ['DR', 'DX', 'CR'].includes(m))

function compareModality(found: string, wanted: string): MatchReason | undefined {
  if (found === '') return undefined
  if (sameModality(found, wanted)) return { key: 'modality', agrees: true, points: 5, text: `设备类型一致：${found}` }
  return { key: 'modality', agrees: false, points: -15, text: `设备类型不同：登记为 ${wanted}，影像为 ${found}` }
}

function compareTime(found: string, scheduledAt: number): MatchReason | undefined {
  if (found === '') return undefined
  const taken = readChinaTime(found)
  if (taken === undefined) return undefined
  const minutes = Math.round(Math.abs(taken - scheduledAt) / 60_000)
  if (minutes <= 120) return { key: 'time', agrees: true, points: 10, text: `时间相差 ${minutes} 分钟` }
  if (startOfChinaDay(taken) === startOfChinaDay(scheduledAt))
    return { key: 'time', agrees: true, points: 5, text: '同一天' }
  return { key: 'time', agrees: false, points: -5, text: `时间相差 ${Math.round(minutes / 1440)} 天` }
}
