import type { Language } from '../text/both.ts'
import { dictionaries } from '../text/dictionary.ts'
import { badAnswerCode, badImageCode, refusedInputCode, StationError, unreachableCode } from './station-error.ts'

export type FailureWords = { readonly message: string; readonly action: string; readonly code: string }

/** What a person reads about a failure: the station's own words, or ours where the station could not say anything. */
export function failureWords(error: unknown, language: Language): FailureWords {
  const { common } = dictionaries[language]
  if (!(error instanceof StationError)) {
    return { message: common.somethingBroke, action: error instanceof Error ? error.message : '', code: 'DESK' }
  }
  if (error.code === unreachableCode) {
    return { message: common.unreachable, action: common.unreachableAction, code: error.code }
  }
  const detail = error.message && (language === 'en' ? ` (${error.message})` : `（${error.message}）`)
  if (error.code === badImageCode) {
    return { message: common.badImage + detail, action: common.badImageAction, code: error.code }
  }
  if (error.code === badAnswerCode) {
    return { message: common.badAnswer + detail, action: common.badAnswerAction, code: error.code }
  }
  const words = wordsIn(error, language)
  return language === 'en' && error.code === refusedInputCode ? { ...words, action: common.refusedInputAction } : words
}

type SaidInBoth = FailureWords & { readonly english: string; readonly englishAction: string }

/** The station's own words, in the language chosen. */
export function wordsIn(
  { code, message, action, english, englishAction }: SaidInBoth,
  language: Language,
): FailureWords {
  return language === 'en' ? { code, message: english, action: englishAction } : { code, message, action }
}
