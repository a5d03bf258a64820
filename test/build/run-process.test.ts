import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'

const runProcess = JSON.stringify(new URL('../../build/run-process.mjs', import.meta.url).href)
/** Ends at once with code 3 and leaves a process behind that would write to the same output for a minute. */
const leaver = `require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'inherit' }).unref(); process.exit(3)`

function run(options: object) {
  const program = `import(${runProcess}).then(async ({ runProcess }) => {
    process.exitCode = await runProcess(process.execPath, ['-e', ${JSON.stringify(leaver)}], ${JSON.stringify(options)})
  })`
  return spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'pipe'] })
}

describe.skipIf(process.platform === 'win32')('a program that is run for us', () => {
  test('leaves nothing behind that holds our output open', async () => {
    const child = run({ leavesNothing: true })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      said += piece
    })
    child.stdout.resume()
    // 'close' comes when nobody holds the output any more; a left process would hold it for a minute.
    const [code] = await once(child, 'close', { signal: AbortSignal.timeout(20_000) })
    expect(code).toBe(3)
    expect(said).toContain('were ended')
    if (process.platform === 'linux') expect(said).toContain('setTimeout(() => {}, 60000)')
  })
})
