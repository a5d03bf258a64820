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
  const [birthYear = 0, birthMonth = 1, birthDay = 1] = birthDate.split('-').map(Number)
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  const months = (year - birthYear) * 12 + (month - birthMonth) - (dayOfMonth < birthDay ? 1 : 0)
  if (months < 1) {
    const days = (Date.UTC(year, month - 1, dayOfMonth) - Date.UTC(birthYear, birthMonth - 1, birthDay)) / 86_400_000
    return { value: Math.max(0, days), unit: 'D' }
  }
  return months < 24 ? { value: months, unit: 'M' } : { value: Math.floor(months / 12), unit: 'Y' }
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

/** '34岁', '11个月', '5天'. */
export function ageInChinese(age: PatientAge): string {
  return `${age.value}${chineseUnits[age.unit]}`
}
