export const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Asks again until there is an answer; fails, with what was waited for, when it takes too long. */
export async function until<T>(what: string, look: () => Promise<T | false | undefined>, milliseconds = 25_000) {
  const end = Date.now() + milliseconds
  for (;;) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited too long: ${what}`)
    await pause(50)
  }
}
