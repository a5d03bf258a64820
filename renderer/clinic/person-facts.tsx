import type { Patient } from '../../shared/models/patient.ts'
import { chinaDay } from '../../shared/text/china-time.ts'
import { ageAt } from '../../shared/text/patient-age.ts'
import type { Language } from '../text/both.ts'
import { useLanguage, useText } from '../text/use-text.tsx'

const units: Readonly<Record<Language, Readonly<Record<'Y' | 'M' | 'D', string>>>> = {
  'zh-CN': { Y: '岁', M: '个月', D: '天' },
  en: { Y: ' y', M: ' mo', D: ' d' },
}

/** '34岁' on the day of the moment given; '' for a date that is none. */
export function ageWords(birthDate: string, at: number, language: Language): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return ''
  const age = ageAt(birthDate, chinaDay(at))
  return `${age.value}${units[language][age.unit]}`
}

type Props = { readonly patient: Pick<Patient, 'sex' | 'birthDate'>; readonly at: number }

export function SexAndAge({ patient, at }: Props) {
  const { words } = useText()
  const { language } = useLanguage()
  return (
    <span className="sex-age">
      {words.sex[patient.sex]} {ageWords(patient.birthDate, at, language)}
    </span>
  )
}
