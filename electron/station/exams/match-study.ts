import type { MatchCandidate, MatchDecision, MatchReason, StudyHeader } from '../../../shared/models/study.ts'
import { type BothWords, inBoth, statements } from '../../../shared/problems/both-words.ts'
import { candidateOf, type MatchExam, sameModality } from './compare-exam.ts'

type Assessed = { readonly one: MatchExam; readonly candidate: MatchCandidate }
type Key = MatchReason['key']

/** Points of agreement below which an exam is not worth showing; one that agrees and contradicts is shown, with both. */
const worthShowing = 30

/** What points to one exam; pointing to two exams is a doubt. */
const pointing: readonly Key[] = ['study-instance-uid', 'accession-number', 'requested-procedure-id']

/** What speaks against a person; any of these disagreeing needs a human eye. */
const personal: readonly Key[] = ['patient-id', 'patient-name', 'patient-sex', 'patient-birth-date']
const nameAgrees: readonly Key[] = ['patient-name', 'patient-name-pinyin']

/**
 * Which exam a received study belongs to. Certain is only, and always with nothing of the person against it:
 *
 * 1. The StudyInstanceUID that the worklist handed out: nobody types it.
 * 2. The accession number, which people do type, where the person agrees too: the patient id; or the name, as long as no other
 *    person of these days has it as well.
 * 3. No identifier of ours, and patient id and name agree, modality and day too, nothing disagrees, no other person of these days
 *    has that name, and the person has no other exam of that modality within two days.
 *
 * Identifiers that point to two exams decide nothing. Everything else is for staff, with candidates, scores and reasons. Two
 * plausible exams are never decided here.
 */
export function matchStudy(study: StudyHeader, exams: readonly MatchExam[]): MatchDecision {
  const assessed = exams
    .map((one) => ({ one, candidate: candidateOf(study, one) }))
    .sort((a, b) => b.candidate.score - a.candidate.score)
  const shown = assessed.map(({ candidate }) => candidate).filter(isWorthShowing)
  const pointed = assessed.filter(({ candidate }) => agrees(candidate, pointing))
  const [only] = pointed
  if (pointed.length === 1 && only && isNamed(only, assessed)) return { kind: 'certain', candidate: only.candidate }
  const numbers = [study.accessionNumber, study.requestedProcedureId, study.scheduledProcedureStepId]
  if (pointed.length === 0 && numbers.every((number) => number === '')) {
    const found = assessed.find((one) => isOnlyPlausible(one, assessed))
    if (found) return { kind: 'certain', candidate: found.candidate }
  }
  const pointedOnes = pointed.map(({ candidate }) => candidate)
  return { kind: 'ask-staff', candidates: shown.slice(0, 5), why: whyAsk(study, pointedOnes, shown) }
}

/** The reasons that say 'another person'. */
export function contradictions(candidate: MatchCandidate): MatchReason[] {
  return candidate.reasons.filter((reason) => !reason.agrees && personal.includes(reason.key))
}

const wordsOf = (reasons: readonly MatchReason[]): BothWords[] =>
  reasons.map(({ text, english }) => inBoth(text, english))

export const contradictionWords = (candidate: MatchCandidate): BothWords[] => wordsOf(contradictions(candidate))

/** All that speaks for and against it. */
export const reasonWords = (candidate: MatchCandidate): BothWords => statements(wordsOf(candidate.reasons))

const agrees = (candidate: MatchCandidate, keys: readonly Key[]): boolean =>
  candidate.reasons.some((reason) => reason.agrees && keys.includes(reason.key))
const isWorthShowing = (candidate: MatchCandidate): boolean =>
  candidate.score >= worthShowing || agrees(candidate, [...pointing, 'patient-id'])

/** Rules 1 and 2. */
function isNamed({ one, candidate }: Assessed, all: readonly Assessed[]): boolean {
  if (contradictions(candidate).length > 0) return false
  if (agrees(candidate, ['study-instance-uid'])) return true
  if (!agrees(candidate, ['accession-number'])) return false
  if (agrees(candidate, ['patient-id'])) return true
  if (!agrees(candidate, nameAgrees)) return false
  return !all.some((other) => isOtherPerson(other.one, one) && agrees(other.candidate, ['patient-id', ...nameAgrees]))
}

/** Rule 3. Whatever else contradicts: another person with that name is a doubt. */
function isOnlyPlausible({ one, candidate }: Assessed, all: readonly Assessed[]): boolean {
  const fits =
    agrees(candidate, ['patient-id']) &&
    agrees(candidate, nameAgrees) &&
    agrees(candidate, ['modality']) &&
    candidate.reasons.every((reason) => reason.agrees) &&
    isSameDay(candidate)
  if (!fits) return false
  return all.every((other) => {
    if (other.one === one) return true
    if (isOtherPerson(other.one, one)) return !agrees(other.candidate, ['patient-id', ...nameAgrees])
    const isNear = Math.abs(other.one.exam.scheduledAt - one.exam.scheduledAt) <= 2 * 24 * 3600_000
    return !(isNear && sameModality(other.one.exam.modality, one.exam.modality))
  })
}

const isSameDay = (candidate: MatchCandidate): boolean => agrees(candidate, ['time'])
const isOtherPerson = (a: MatchExam, b: MatchExam): boolean => a.exam.patientRowId !== b.exam.patientRowId

function whyAsk(study: StudyHeader, pointed: readonly MatchCandidate[], shown: readonly MatchCandidate[]): BothWords {
  const [first] = pointed
  if (pointed.length > 1)
    return inBoth('影像里的标识分别指向不同的检查', 'The identifiers in the images point to different exams')
  const against = first ? contradictions(first) : []
  if (against.length > 0) {
    return inBoth(
      `标识指向的检查与影像不是同一患者：${against.map((one) => one.text).join('；')}`,
      `The exam to which the identifiers point is of another patient: ${against.map((one) => one.english).join('; ')}`,
    )
  }
  if (first && !agrees(first, ['accession-number']))
    return inBoth(
      '只有申请编号一致，请确认属于哪个检查',
      'Only the request number agrees: decide to which exam they belong',
    )
  if (first)
    return inBoth(
      '检查号一致，但影像里的患者信息不足以确认是同一人，请核对',
      'The accession number agrees, but the images say too little of the patient to be sure: please compare',
    )
  if (study.accessionNumber !== '')
    return inBoth(
      `没有检查号为 ${study.accessionNumber} 的检查`,
      `There is no exam with the accession number ${study.accessionNumber}`,
    )
  return shown.length > 0
    ? inBoth(
        '影像没有检查号，请确认属于哪个检查',
        'The images have no accession number: decide to which exam they belong',
      )
    : inBoth('影像没有检查号，也没有相近的检查', 'The images have no accession number, and no exam comes near')
}
