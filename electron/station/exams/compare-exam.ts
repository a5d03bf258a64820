import type { Exam } from '../../../shared/models/exam.ts'
import type { Patient } from '../../../shared/models/patient.ts'
import type { MatchCandidate, MatchReason, StudyHeader } from '../../../shared/models/study.ts'
import { chinaDay, readChinaTime, startOfChinaDay } from '../../../shared/text/china-time.ts'
import { ageAt, ageInChinese, readAgeString, yearsOf } from '../../../shared/text/patient-age.ts'
import { compareName } from './same-name.ts'

/** What of an exam and its patient is compared with a study. */
export type MatchExam = {
  readonly exam: Pick<
    Exam,
    'id' | 'patientRowId' | 'accessionNumber' | 'studyInstanceUid' | 'modality' | 'scheduledAt' | 'scheduledAeTitle'
  >
  readonly patient: Pick<Patient, 'patientId' | 'name' | 'namePinyin' | 'sex' | 'birthDate'>
}

type Key = MatchReason['key']

/** Pure: what of an exam agrees with a study and what contradicts it, each with its points and its words. */
export function candidateOf(study: StudyHeader, { exam, patient }: MatchExam): MatchCandidate {
  const reasons = [
    same(
      'study-instance-uid',
      study.studyInstanceUid,
      exam.studyInstanceUid,
      100,
      said('检查实例号（StudyInstanceUID）一致', 'StudyInstanceUID agrees'),
    ),
    compareAccession(study.accessionNumber, exam.accessionNumber),
    // The worklist hands out one number as all of them.
    same(
      'requested-procedure-id',
      study.requestedProcedureId,
      exam.accessionNumber,
      40,
      said('申请编号一致', 'request number agrees'),
    ) ??
      same(
        'requested-procedure-id',
        study.scheduledProcedureStepId,
        exam.accessionNumber,
        40,
        said('预约步骤编号一致', 'procedure step ID agrees'),
      ),
    compare('patient-id', study.patientId, patient.patientId, 40, -30, said('患者编号', 'patient ID')),
    compareNames(study, patient),
    compareSex(study.patientSex, patient.sex),
    compareBirthDate(study.patientBirthDate, patient.birthDate) ??
      compareAge(study, patient.birthDate, exam.scheduledAt),
    compareModality(study.modality, exam.modality),
    same(
      'device',
      study.callingAeTitle,
      exam.scheduledAeTitle ?? '',
      5,
      said(`由预定设备 ${study.callingAeTitle} 发送`, `sent by the planned device ${study.callingAeTitle}`),
    ),
    compareTime(study.studyDateTime, exam.scheduledAt),
  ].filter((reason) => reason !== undefined)
  return { examId: exam.id, score: reasons.reduce((sum, reason) => sum + reason.points, 0), reasons }
}

type Words = { readonly text: string; readonly english: string }

const said = (text: string, english: string): Words => ({ text, english })

const differs = (what: Words, wanted: string, found: string): Words =>
  said(
    `${what.text}不同：登记为 ${wanted}，影像为 ${found}`,
    `${what.english} differs: registered ${wanted}, images say ${found}`,
  )

/** An identifier can only speak for an exam: another value says nothing, since most exams have another. */
function same(key: Key, found: string, wanted: string, points: number, words: Words): MatchReason | undefined {
  return found !== '' && found === wanted ? { key, agrees: true, points, ...words } : undefined
}

/** Typed in other letters, with zeros or separators: worth a look, and no proof. */
function compareAccession(found: string, wanted: string): MatchReason | undefined {
  const key = 'accession-number'
  const exact = same(key, found, wanted, 90, said(`检查号一致：${wanted}`, `accession number agrees: ${wanted}`))
  if (exact || found === '' || asTyped(found) !== asTyped(wanted)) return exact
  const words = said(
    `检查号写法不同：登记为 ${wanted}，影像为 ${found}`,
    `accession number written otherwise: registered ${wanted}, images say ${found}`,
  )
  return { key, agrees: false, points: 45, ...words }
}

/** 'dr-0012' and 'DR 12' are typed for the same number. */
const asTyped = (accessionNumber: string): string =>
  accessionNumber
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^([A-Z]*)0+(?=\d)/, '$1')

function compare(
  key: Key,
  found: string,
  wanted: string,
  forIt: number,
  against: number,
  what: Words,
): MatchReason | undefined {
  if (found === '' || wanted === '') return undefined
  if (found === wanted)
    return { key, agrees: true, points: forIt, ...said(`${what.text}一致`, `${what.english} agrees`) }
  return { key, agrees: false, points: against, ...differs(what, wanted, found) }
}

function compareNames(study: StudyHeader, patient: MatchExam['patient']): MatchReason | undefined {
  const found = study.patientName.split('=').slice(0, 2).join(' / ').replaceAll('^', ' ')
  const key = 'patient-name'
  switch (compareName(study.patientName, patient)) {
    case 'same-chinese':
      return { key, agrees: true, points: 30, ...said(`姓名一致：${patient.name}`, `name agrees: ${patient.name}`) }
    case 'same-letters':
      return {
        key: 'patient-name-pinyin',
        agrees: true,
        points: 20,
        ...said(`姓名拼音一致：${patient.namePinyin}`, `name in letters agrees: ${patient.namePinyin}`),
      }
    case 'other-chinese':
      return { key, agrees: false, points: -60, ...differs(said('姓名', 'name'), patient.name, found) }
    case 'other-letters':
      return {
        key,
        agrees: false,
        points: -40,
        ...differs(said('姓名拼音', 'name in letters'), patient.namePinyin, found),
      }
    default:
      return undefined
  }
}

const sexWords: Readonly<Record<string, string>> = { M: '男', F: '女', O: '其他' }
const sexInEnglish: Readonly<Record<string, string>> = { M: 'male', F: 'female', O: 'other' }

function compareSex(found: string, wanted: string): MatchReason | undefined {
  if (!Object.hasOwn(sexWords, found) || found === 'O' || wanted === 'O') return undefined
  if (found === wanted) return { key: 'patient-sex', agrees: true, points: 5, ...said('性别一致', 'sex agrees') }
  const words = said(
    `性别不同：登记为${sexWords[wanted]}，影像为${sexWords[found]}`,
    `sex differs: registered ${sexInEnglish[wanted]}, images say ${sexInEnglish[found]}`,
  )
  return { key: 'patient-sex', agrees: false, points: -60, ...words }
}

/**
 * Day and month exchanged, or only the year known to one side (1 January): staff see what it is. Neither is agreement, and an
 * exchange stays a contradiction.
 */
function compareBirthDate(found: string, wanted: string): MatchReason | undefined {
  const key = 'patient-birth-date'
  const plain = compare(key, found, wanted, 20, -40, said('出生日期', 'birth date'))
  if (!plain || plain.agrees) return plain
  const [year, month, day] = found.split('-')
  const both = said(`登记为 ${wanted}，影像为 ${found}`, `registered ${wanted}, images say ${found}`)
  if (`${year}-${day}-${month}` === wanted)
    return {
      key,
      agrees: false,
      points: -5,
      ...said(
        `出生日期的月和日可能互换：${both.text}`,
        `month and day of the birth date may be exchanged: ${both.english}`,
      ),
    }
  if (year === wanted.slice(0, 4) && [found, wanted].some((date) => date.endsWith('-01-01')))
    return {
      key,
      agrees: false,
      points: -5,
      ...said(`出生日期只有年份一致：${both.text}`, `only the year of the birth date agrees: ${both.english}`),
    }
  return plain
}

/**
 * An image without a birth date says an age, PatientAge (0010,1010), which is typed, rounded, or counted in years that have begun: a year
 * apart still agrees. '000Y' and the like are what devices write for none.
 */
function compareAge(study: StudyHeader, birthDate: string, scheduledAt: number): MatchReason | undefined {
  const written = readAgeString(study.patientAge)
  if (!written || written.value === 0 || birthDate === '' || study.patientBirthDate !== '') return undefined
  const wanted = ageAt(birthDate, chinaDay(readChinaTime(study.studyDateTime) ?? scheduledAt))
  const key = 'patient-birth-date'
  if (Math.abs(yearsOf(written) - yearsOf(wanted)) <= 1)
    return { key, agrees: true, points: 10, ...said('年龄一致', 'age agrees') }
  const words = said(
    `年龄不同：登记为${ageInChinese(wanted)}，影像为${ageInChinese(written)}`,
    `age differs: registered about ${Math.round(yearsOf(wanted))}, images say ${study.patientAge}`,
  )
  return { key, agrees: false, points: -40, ...words }
}

/** Devices name plain X-ray in three ways. */
export const sameModality = (a: string, b: string): boolean =>
  a === b || [a, b].every((m) => ['DR', 'DX', 'CR'].includes(m))

function compareModality(found: string, wanted: string): MatchReason | undefined {
  if (found === '') return undefined
  const key = 'modality'
  if (sameModality(found, wanted))
    return { key, agrees: true, points: 5, ...said(`设备类型一致：${found}`, `modality agrees: ${found}`) }
  return { key, agrees: false, points: -15, ...differs(said('设备类型', 'modality'), wanted, found) }
}

function compareTime(found: string, scheduledAt: number): MatchReason | undefined {
  const taken = found === '' ? undefined : readChinaTime(found)
  if (taken === undefined) return undefined
  const minutes = Math.round(Math.abs(taken - scheduledAt) / 60_000)
  const isToday = startOfChinaDay(taken) === startOfChinaDay(scheduledAt)
  const key = 'time'
  const apart = said(`时间相差 ${minutes} 分钟`, `${minutes} minutes apart`)
  if (minutes <= 120 && isToday) return { key, agrees: true, points: 10, ...apart }
  if (isToday) return { key, agrees: true, points: 5, ...said('同一天', 'the same day') }
  if (minutes <= 120) {
    const words = said(`${apart.text}，不在同一天`, `${apart.english}, not on the same day`)
    return { key, agrees: false, points: 5, ...words }
  }
  const days = Math.max(1, Math.round(minutes / 1440))
  return { key, agrees: false, points: -5, ...said(`时间相差 ${days} 天`, `${days} days apart`) }
}
