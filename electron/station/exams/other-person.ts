import type { StudyHeader } from '../../../shared/models/study.ts'
import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'
import { readPersonName } from '../../../shared/text/person-name.ts'

/**
 * Whether two objects of one StudyInstanceUID name two people, in words for staff; [] when they may be the same. Devices that
 * reuse a study for the next patient do exist. What one of them leaves out, or what cannot be read, speaks for nobody.
 */
export function otherPerson(first: StudyHeader, later: StudyHeader): BothWords[] {
  const differs = (a: string, b: string) => a !== '' && b !== '' && a !== b
  return [
    ...(differs(first.patientId, later.patientId) ? [inBoth('患者编号不同', 'the patient IDs differ')] : []),
    ...(differs(first.patientSex, later.patientSex) ? [inBoth('性别不同', 'the sexes differ')] : []),
    ...(differs(first.patientBirthDate, later.patientBirthDate)
      ? [inBoth('出生日期不同', 'the birth dates differ')]
      : []),
    ...(isOtherName(first, later) ? [inBoth('姓名不同', 'the names differ')] : []),
  ]
}

/**
 * Chinese characters and Latin letters, where both have them: 张伟 and 章薇 are ZHANG WEI, and the Chinese group may be missing in one.
 * The same letters under the same PatientID are one person whose characters were corrected at the desk.
 */
function isOtherName(first: StudyHeader, later: StudyHeader): boolean {
  if (isUnreadable(first) || isUnreadable(later)) return false
  const [one, other] = [nameOf(first), nameOf(later)]
  const differs = (a: string, b: string) => a !== '' && b !== '' && a !== b
  const share = (one.letters && other.letters) || (one.chinese && other.chinese)
  if (
    one.letters !== '' &&
    one.letters === other.letters &&
    first.patientId !== '' &&
    first.patientId === later.patientId
  )
    return false
  if (!share) return differs(one.letters || one.chinese, other.letters || other.chinese)
  return differs(one.letters, other.letters) || differs(one.chinese, other.chinese)
}

function nameOf(study: StudyHeader): { readonly letters: string; readonly chinese: string } {
  const { alphabetic, ideographic } = readPersonName(study.patientName)
  const chinese = /\p{Script=Han}/u.test(ideographic) ? ideographic.replace(/[\s·•・‧∙⋅．.]/gu, '') : ''
  return { letters: alphabetic.toUpperCase().replace(/[^A-Z]/g, ''), chinese }
}

/** What a later object of a study is the first to say of the person; '' where the study said it before. */
export function newlySaid(study: StudyHeader, later: StudyHeader): StudyHeader {
  const unlessKnown = (known: string, said: string) => (known === '' ? said : '')
  return {
    ...later,
    patientId: unlessKnown(study.patientId, later.patientId),
    patientName: unlessKnown(study.patientName, later.patientName),
    patientSex: unlessKnown(study.patientSex, later.patientSex),
    patientBirthDate: unlessKnown(study.patientBirthDate, later.patientBirthDate),
  }
}

const isUnreadable = (study: StudyHeader): boolean => study.patientName.includes('\uFFFD')
