import type { Exam } from '../models/exam.ts'
import type { Patient, PatientSex } from '../models/patient.ts'
import { type BodySide, bodyPartsIn, bodySidesIn } from '../text/body-words.ts'
import { chinaDay } from '../text/china-time.ts'
import { ageAt, yearsOf } from '../text/patient-age.ts'

/** What a report is held against. */
export type CheckFacts = {
  readonly patientName: string
  readonly sex: PatientSex
  /** Completed years on the day of the exam. */
  readonly years: number
  readonly modality: string
  /** '左膝关节 左膝关节正侧位': what was asked for, in words. */
  readonly request: string
  /** The one part that was asked for without its side: '膝关节'; '' where it is unknown. */
  readonly part: string
  /** The sides that were asked for; [] where the request names none. */
  readonly requestSides: readonly BodySide[]
  readonly requestParts: readonly string[]
  /** The one side that all images with a side say; undefined where they say none or both. */
  readonly imageSide: BodySide | undefined
  readonly forbiddenWords: readonly string[]
  readonly criticalTold: boolean
  /** Names of other people whose reports are written these days. */
  readonly otherNames: readonly string[]
}

/** The same facts at the desk and in the station. `lateralities`: of the exam's images, 'L', 'R', 'B', 'U' or ''. */
export function checkFactsOf(known: {
  readonly exam: Pick<Exam, 'modality' | 'bodyPart' | 'itemName' | 'scanMode' | 'scheduledAt'>
  readonly patient: Pick<Patient, 'name' | 'sex' | 'birthDate'>
  readonly lateralities: readonly string[]
  readonly forbiddenWords: readonly string[]
  readonly criticalTold: boolean
  readonly otherNames?: readonly string[]
}): CheckFacts {
  const { exam, patient } = known
  const words = [exam.bodyPart, exam.itemName, exam.scanMode ?? '']
  const sides = new Set(known.lateralities.filter((side) => side === 'L' || side === 'R' || side === 'B'))
  const [imageSide] = sides
  return {
    patientName: patient.name,
    sex: patient.sex,
    years: yearsOf(ageAt(patient.birthDate, chinaDay(exam.scheduledAt))),
    modality: exam.modality,
    request: words.filter(Boolean).join(' '),
    part: exam.bodyPart.replace(/[左右双侧两]/gu, ''),
    requestSides: [...new Set(words.flatMap((text) => bodySidesIn(text)))].sort(),
    requestParts: [...new Set(words.flatMap((text) => bodyPartsIn(text)))],
    imageSide: sides.size === 1 && (imageSide === 'L' || imageSide === 'R') ? imageSide : undefined,
    forbiddenWords: known.forbiddenWords,
    criticalTold: known.criticalTold,
    otherNames: known.otherNames ?? [],
  }
}
