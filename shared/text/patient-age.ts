export type PatientAge = {
  readonly value: number
  /** As in DICOM AS: years, months, days. */
  readonly unit: 'Y' | 'M' | 'D'
}

/**
 * The age on a day, both 'YYYY-MM-DD', in completed units. The unit is the one that a paediatrician reads: under one month in
 * days, under two years in months, otherwise in years. A day before the birth counts as 0 days.
 */
export function ageAt(birthDate: string, day: string): PatientAge {
  const months = completedMonths(birthDate, day)
  if (months < 1) return { value: Math.max(0, (Date.parse(day) - Date.parse(birthDate)) / 86_400_000), unit: 'D' }
  return months < 24 ? { value: months, unit: 'M' } : { value: Math.floor(months / 12), unit: 'Y' }
}

function completedMonths(birthDate: string, day: string): number {
  const [birthYear = 0, birthMonth = 1, birthDay = 1] = birthDate.split('-').map(Number)
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  return (year - birthYear) * 12 + (month - birthMonth) - (dayOfMonth < birthDay ? 1 : 0)
}

/** As a person is told it: beside the completed years of a small child the months since that birthday. */
export type ToldAge = PatientAge & { readonly months?: number }

/** From the seventh birthday on nobody counts months. */
const schoolAge = 7

/** The age that people read and papers bear, both 'YYYY-MM-DD': as `ageAt`, and before school age with the months beyond the years. */
export function toldAgeAt(birthDate: string, day: string): ToldAge {
  const age = ageAt(birthDate, day)
  if (age.unit !== 'Y' || age.value >= schoolAge) return age
  const months = completedMonths(birthDate, day) - age.value * 12
  return months > 0 ? { ...age, months } : age
}

/** PatientAge (0010,1010), value representation AS, PS3.5 6.2: 'nnnY', always three digits. */
export function ageString(age: PatientAge): string {
  return `${String(Math.min(999, age.value)).padStart(3, '0')}${age.unit}`
}

/** The age in an AS; undefined where it is none. Weeks come as days. */
export function readAgeString(text: string): PatientAge | undefined {
  const [, digits, unit] = /^\s*(\d{1,3})([DWMY])\s*$/i.exec(text) ?? []
  if (digits === undefined || unit === undefined) return undefined
  const letter = unit.toUpperCase()
  if (letter === 'W') return { value: Number(digits) * 7, unit: 'D' }
  return { value: Number(digits), unit: letter as PatientAge['unit'] }
}

/** Completed years. */
export function yearsOf({ value, unit }: PatientAge): number {
  return Math.floor(value / { Y: 1, M: 12, D: 365.25 }[unit])
}

const chineseUnits = { Y: '岁', M: '个月', D: '天' } as const

/** '34岁', '3岁2月', '11个月', '5天'. */
export function ageInChinese({ value, unit, months }: ToldAge): string {
  return `${value}${chineseUnits[unit]}${months ? `${months}月` : ''}`
}
