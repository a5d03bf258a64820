import { filling, inBoth } from '../../shared/problems/both-words.ts'
import { describeProblem, type Problem, ProblemError } from '../../shared/problems/problem.ts'
import { createLog } from './log.ts'
import { ReceiverStartError } from './receiver/receiver-start-error.ts'
import { createStation } from './station.ts'
import { readStationConfig, type StationConfig } from './station-config.ts'

// The station as a program: reads what it is told, starts, says in one line that it is ready, stops on a signal.
// The same file runs headless under plain Node and as the shell's own process.

/** A person at a terminal wants the address, not each delivery. */
const isWatched = process.stderr.isTTY === true

const config = readStationConfig(process.argv.slice(2), process.env)
if (!config.ok) endWith(config.problem)
else await run(config.value)

async function run(config: StationConfig): Promise<void> {
  const log = createLog(process.stderr, isWatched ? 'warn' : 'info')
  // Whatever nobody expected is written down and does not end the process: what was acknowledged is safe on disk.
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught'))
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled'))
  // Nobody reads what is printed any more: to write that down would fail in the same way, without end.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {})
  try {
    const station = await createStation(config, Date.now, log)
    stopOnSignal(station.stop)
    const { url, dicom } = await station.start()
    const ready = { event: 'ready', url, dicom: { aeTitle: config.aeTitle, ...dicom }, data: config.dataFolder }
    process.stdout.write(`${JSON.stringify(ready)}\n`)
    if (isWatched)
      process.stderr.write(
        `\n影站已启动，请用浏览器打开 ${url}（Ctrl+C 结束）\nYingzhan is running: open ${url} (Ctrl+C ends it)\n`,
      )
  } catch (error) {
    const problem = problemOf(error, config)
    if (!problem) log.fatal({ err: error }, 'cannot start')
    endWith(
      problem ?? { code: 'DATA-UNUSABLE', with: { detail: error instanceof Error ? error.message : String(error) } },
    )
  }
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  const end = () => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(0), 4500).unref()
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  process.on('message', (message) => message === 'stop' && end())
  // Windows knows no SIGTERM in a utility process, and a shell that was killed must leave no orphan.
  parentPort()?.on('message', (event) => event.data === 'stop' && end())
  process.on('disconnect', end)
}

type ParentPort = { on(event: 'message', heard: (event: { readonly data: unknown }) => void): void }

/** Only there in Electron's utility process. */
function parentPort(): ParentPort | undefined {
  return (process as { parentPort?: ParentPort }).parentPort
}

function problemOf(error: unknown, config: StationConfig): Problem | undefined {
  if (error instanceof ProblemError) return error.problem
  if (!(error instanceof ReceiverStartError)) return undefined
  const words = {
    port: config.dicomPort,
    host: config.dicomHost,
    ...filling('what', inBoth('影像接收（DICOM）', 'DICOM receiver')),
    flag: 'dicom-port',
    detail: error.message,
  }
  return { code: error.code === 'port-in-use' ? 'PORT-IN-USE' : 'PORT-REFUSED', with: words }
}

/** One line of JSON for programs, the words for people, and a code of 1. */
function endWith(problem: Problem): void {
  const { code, message, action, english, englishAction } = describeProblem(problem)
  process.stdout.write(`${JSON.stringify({ event: 'failed', code, message, action })}\n`)
  const lines = [
    `影站没有启动：${message}。`,
    `${action}。（${code}）`,
    `Yingzhan did not start: ${english}`,
    englishAction,
  ]
  process.stderr.write(`\n${lines.join('\n')}\n\n`)
  process.exitCode = 1
  setTimeout(() => process.exit(1), 500).unref()
}
