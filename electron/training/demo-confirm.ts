/** A thing that did not turn out as it must. */
export class NotConfirmed extends Error {}

export function confirm(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new NotConfirmed(`没有得到确认：${what}`)
}

const everyMilliseconds = 200

/** Asks until there is an answer. A station that is just being restarted is asked again. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  milliseconds = 60_000,
): Promise<T> {
  const end = Date.now() + milliseconds
  let last = ''
  while (Date.now() < end) {
    try {
      const answer = await ask()
      if (answer) return answer
    } catch (error) {
      if (error instanceof NotConfirmed || !(error instanceof TypeError)) throw error
      last = `（${error.message}）`
    }
    await new Promise((done) => setTimeout(done, everyMilliseconds))
  }
  throw new NotConfirmed(`等了 ${milliseconds / 1000} 秒仍没有：${what}${last}`)
}
