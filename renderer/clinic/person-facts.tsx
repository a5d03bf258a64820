import type { Patient } from '../../shared/models/patient.ts'
import { chinaDay } from '../../shared/text/china-time.ts'
import { ageInChinese, type ToldAge, toldAgeAt } from '../../shared/text/patient-age.ts'
import type { Language } from '../text/both.ts'
import { useLanguage, useText } from '../text/use-text.tsx'

const englishUnits = { Y: 'y', M: 'mo', D: 'd' } as const

const ageInEnglish = ({ value, unit, months }: ToldAge): string =>
  months ? `${value}y ${months}mo` : `${value} ${englishUnits[unit]}`

/** '34岁', of a small child '3岁2月', on the day of the moment given; '' for a date that is none. */
export function ageWords(birthDate: string, at: number, language: Language): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return ''
  const age = toldAgeAt(birthDate, chinaDay(at))
  return language === 'en' ? ageInEnglish(age) : ageInChinese(age)
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
