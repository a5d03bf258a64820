import type { PatientSex } from '../models/patient.ts'
import { isCalendarDay } from './dicom-values.ts'

export type ResidentNumberProblem = 'length' | 'characters' | 'birth-date' | 'check-digit'

export type ResidentNumberCheck =
  | {
      readonly ok: true
      /** As it is printed on the card: an upper-case X. */
      readonly number: string
      /** 'YYYY-MM-DD'. */
      readonly birthDate: string
      readonly sex: Extract<PatientSex, 'M' | 'F'>
    }
  | { readonly ok: false; readonly problem: ResidentNumberProblem }

/** GB 11643, 4.2.4: weights of the first 17 digits, ISO 7064 MOD 11-2. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

/** The check character that belongs to the first 17 digits. */
export function checkCharacterOf(seventeenDigits: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(seventeenDigits[index]), 0)
  return checkCharacters[sum % 11] ?? ''
}

/**
 * A number by GB 11643: 6 digits of a region, birth date YYYYMMDD, 3 digits of order (odd for men), check character.
 * The residence permits of people from Hong Kong (810000), Macau (820000) and Taiwan (830000) are built alike, and so is the
 * foreigner's permanent residence card of 2023: 9, province (2), nationality (3), birth date, order, check character.
 * Whether the region exists is not asked: regions come and go, and old cards keep theirs.
 */
export function checkResidentNumber(text: string): ResidentNumberCheck {
  const number = text.trim().toUpperCase()
  if (number.length !== 18) return { ok: false, problem: 'length' }
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return { ok: false, problem: 'characters' }
  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!/^(18|19|20)/.test(birthDate) || !isCalendarDay(birthDate)) return { ok: false, problem: 'birth-date' }
  if (checkCharacterOf(number.slice(0, 17)) !== number[17]) return { ok: false, problem: 'check-digit' }
  return { ok: true, number, birthDate, sex: Number(number[16]) % 2 === 1 ? 'M' : 'F' }
}

/** For screens and papers: the first three and the last four characters stay, of a short number the first and the last. */
export function maskIdentityNumber(number: string): string {
  const characters = [...number.trim()]
  const [head, tail] = characters.length >= 12 ? [3, 4] : [1, 1]
  if (characters.length <= head + tail) return '*'.repeat(characters.length)
  const hidden = characters.length - head - tail
  return characters.slice(0, head).join('') + '*'.repeat(hidden) + characters.slice(-tail).join('')
}
