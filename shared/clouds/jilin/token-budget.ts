import { inBoth } from '../../problems/both-words.ts'
import { chinaDay, startOfChinaDay } from '../../text/china-time.ts'
import type { CloudReason } from '../cloud-outcome.ts'

/** 权限鉴定接口: valid for 7200 s, at most 30 a day. When the day begins is not said, so the China day and the last 24 h both count. */
export const tokenRules = { validMs: 7_200_000, perDay: 30, renewBeforeMs: 300_000, useUntilBeforeMs: 30_000 } as const

/** What a token is wanted for. deadline: the index, due within one hour; person: somebody at the desk waits for it. */
export type TokenPurpose = 'ordinary' | 'deadline' | 'person'

/** How many of the day's grants each may use up: ordinary work leaves four for deadlines, both leave two for a person. */
export const grantsFor: Readonly<Record<TokenPurpose, number>> = { ordinary: 24, deadline: 28, person: 30 }

export type TokenGauge = {
  /** Askings that may have been granted, by the China day and by the last 24 hours. */
  readonly usedChinaDay: number
  readonly usedRolling24h: number
  readonly limit: number
  /** From here on ordinary work waits. */
  readonly reservedFrom: number
  /** Why no token is asked for now. */
  readonly paused: CloudReason | undefined
}

export const day = 86_400_000

/** The first moment at which both the China day and the last 24 hours have room for one more; `now` when they have. */
export function whenAllowed(asked: readonly number[], now: number, limit: number = tokenRules.perDay): number {
  const recent = asked.filter((at) => at > now - day).sort((a, b) => a - b)
  const today = recent.filter((at) => chinaDay(at) === chinaDay(now))
  const rollingFrom = recent.length < limit ? now : (recent.at(-limit) ?? now) + day
  const dayFrom = today.length < limit ? now : nextChinaDay(now)
  return Math.max(rollingFrom, dayFrom)
}

export function tokenGauge(asked: readonly number[], now: number, paused: CloudReason | undefined): TokenGauge {
  return {
    usedChinaDay: asked.filter((at) => chinaDay(at) === chinaDay(now)).length,
    usedRolling24h: asked.filter((at) => at > now - day).length,
    limit: tokenRules.perDay,
    reservedFrom: grantsFor.ordinary,
    paused,
  }
}

/** One minute after midnight in China, so that a slow server clock does not count it to the old day. */
export const nextChinaDay = (now: number): number => startOfChinaDay(now) + day + 60_000

const untilThen =
  'Yingzhan goes on by itself as soon as it may ask again; make sure that no other system uses the same uid'

export function budgetReason(purpose: TokenPurpose): CloudReason {
  if (purpose === 'person') {
    return {
      code: 'JILIN-TOKEN-DAY',
      message: '24 小时内已向省影像云取过 30 次授权，到达平台上限',
      action: '影站会等到可以再取时自动继续；请确认没有其他系统在用同一个 uid',
      english: '30 tokens were asked for within 24 hours, the most that the provincial cloud gives',
      englishAction: untilThen,
    }
  }
  const kept =
    purpose === 'ordinary'
      ? inBoth(
          '其余留给有时限的检查索引和人工操作',
          'exam indexes near their deadline and for what people do themselves',
        )
      : inBoth('其余留给人工操作', 'what people do themselves')
  return {
    code: 'JILIN-TOKEN-RESERVE',
    message: `24 小时内已向省影像云取过 ${grantsFor[purpose]} 次授权，${kept.chinese}`,
    action: '影站会等到可以再取时自动继续；请确认没有其他系统在用同一个 uid',
    english: `${grantsFor[purpose]} tokens of the provincial cloud were asked for within 24 hours; the rest is kept for ${kept.english}`,
    englishAction: untilThen,
  }
}
