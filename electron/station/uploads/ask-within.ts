import type { CloudOutcome } from '../../../shared/clouds/cloud-outcome.ts'
import type { Log } from '../log.ts'
import { tooSlow, unexpected } from './lookup-words.ts'

/** One question to one cloud. */
export type AskCloud = <T>(what: string, question: () => Promise<CloudOutcome<T>>) => Promise<CloudOutcome<T>>

/** Asks so that nothing is thrown, and that it ends within the patience people have at the desk. */
export function createAskCloud(log: Log, patienceMs = 20_000): AskCloud {
  return async <T>(what: string, question: () => Promise<CloudOutcome<T>>) => {
    const { promise: late, resolve } = Promise.withResolvers<CloudOutcome<T>>()
    const timer = setTimeout(() => resolve({ kind: 'retry', reason: tooSlow }), patienceMs)
    try {
      return await Promise.race([question(), late])
    } catch (error) {
      log.error({ err: error, question: what }, 'a lookup threw')
      return { kind: 'unknown', reason: unexpected }
    } finally {
      clearTimeout(timer)
    }
  }
}
