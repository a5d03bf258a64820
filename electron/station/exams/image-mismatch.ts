import type { Exam } from '../../../shared/models/exam.ts'
import type { Patient } from '../../../shared/models/patient.ts'
import type { InstanceFacts, StudyHeader } from '../../../shared/models/study.ts'
import type { ImageMismatch } from '../../../shared/models/study-move.ts'
import { asItIs, listed } from '../../../shared/problems/both-words.ts'
import { bodyPartsIn, bodySidesIn, sidesInEnglish, sideWords } from '../../../shared/text/body-words.ts'
import { candidateOf, sameModality } from './compare-exam.ts'

export type AttachedStudy = { readonly header: StudyHeader; readonly instances: readonly InstanceFacts[] }

const personKeys = {
  'patient-name': 'patient-name',
  'patient-name-pinyin': 'patient-name',
  'patient-sex': 'patient-sex',
  'patient-birth-date': 'patient-birth-date',
} as const

/** What the images of an exam say otherwise than its request, one line a thing: shown before the report is released. */
export function imageMismatches(
  found: { readonly exam: Exam; readonly patient: Patient },
  studies: readonly AttachedStudy[],
): ImageMismatch[] {
  const lines = studies.flatMap((study) => [
    ...personMismatches(found, study.header),
    ...modalityMismatches(found.exam, study),
    ...sideMismatches(found.exam, study),
    ...partMismatches(found.exam, study),
  ])
  return [...new Map(lines.map((line) => [`${line.key}/${line.text}`, line])).values()]
}

function personMismatches(found: { exam: Exam; patient: Patient }, header: StudyHeader): ImageMismatch[] {
  return candidateOf(header, found).reasons.flatMap(({ key, agrees, text, english }) =>
    !agrees && key in personKeys ? [{ key: personKeys[key as keyof typeof personKeys], text, english }] : [],
  )
}

/** What stands beside images without being one, and photographs and films that were brought: their modality says nothing about the device. */
const notImages = new Set(['', 'SR', 'OT', 'SC', 'XC', 'PR', 'KO', 'DOC', 'REG', 'SEG', 'AU'])

function modalityMismatches(exam: Exam, { header, instances }: AttachedStudy): ImageMismatch[] {
  const modalities = instances.length > 0 ? instances.map((instance) => instance.modality) : [header.modality]
  const other = [...new Set(modalities)].filter((one) => !notImages.has(one) && !sameModality(one, exam.modality))
  if (notImages.has(exam.modality)) return []
  return other.map((one) => ({
    key: 'modality',
    text: `设备类型不同：登记为 ${exam.modality}，影像为 ${one}`,
    english: `modality differs: registered ${exam.modality}, images say ${one}`,
  }))
}

/** Both sides on either hand, or a side that only one of them names, is no contradiction. */
function sideMismatches(exam: Exam, { header, instances }: AttachedStudy): ImageMismatch[] {
  const request = [exam.bodyPart, exam.itemName, exam.scanMode ?? '']
  const wanted = new Set(request.flatMap((text) => bodySidesIn(text)))
  const [side] = wanted
  if (wanted.size !== 1 || !side) return []
  const lines = new Map<string, ImageMismatch>()
  const say = (taken: 'L' | 'R', where: string) => {
    const registered = request.find((text) => bodySidesIn(text).includes(side)) ?? ''
    lines.set(`${taken}/${where}`, {
      key: 'body-side',
      text: `部位左右不同：登记为${sideWords[side]}（${registered}），影像为${sideWords[taken]}（${where}）`,
      english: `side differs: registered ${sidesInEnglish[side]} (${registered}), images say ${sidesInEnglish[taken]} (${where})`,
    })
  }
  for (const { laterality } of instances)
    if ((laterality === 'L' || laterality === 'R') && laterality !== side) say(laterality, laterality)
  const texts = [
    ...instances.flatMap((one) => [one.bodyPart, one.protocolName, one.seriesDescription]),
    header.bodyPart,
    header.studyDescription,
  ]
  for (const text of new Set(texts)) {
    const sides = bodySidesIn(text)
    if (sides.length === 1 && sides[0] && sides[0] !== side) say(sides[0], text)
  }
  return [...lines.values()]
}

/** Only where both name a part that is known, and no image names one that was asked for. */
function partMismatches(exam: Exam, { header, instances }: AttachedStudy): ImageMismatch[] {
  const wanted = new Set([exam.bodyPart, exam.itemName].flatMap((text) => bodyPartsIn(text)))
  const said = [header.bodyPart, ...instances.map((instance) => instance.bodyPart)].filter((text) => text !== '')
  const taken = new Set(said.flatMap((text) => bodyPartsIn(text)))
  if (wanted.size === 0 || taken.size === 0 || [...taken].some((part) => wanted.has(part))) return []
  const words = exam.bodyPart || exam.itemName
  const others = listed([...new Set(said)].map(asItIs))
  return [
    {
      key: 'body-part',
      text: `部位不同：登记为${words}，影像为 ${others.chinese}`,
      english: `body part differs: registered ${words}, images say ${others.english}`,
    },
  ]
}
