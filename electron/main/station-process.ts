import { createLastWords } from './last-words.ts'
import type { StationChild } from './launch-station.ts'
import { lineSplitter } from './line-splitter.ts'
import { parseReadyLine, type ReadyLine } from './ready-line.ts'
import { planRestart } from './restart-delay.ts'

/** starting → ready; either → down when it dies, with the time of the next try; down → starting; any → stopped, for good. */
export type StationState =
  | Readonly<{ kind: 'starting' }>
  | Readonly<{ kind: 'ready'; ready: ReadyLine }>
  | Readonly<{ kind: 'down'; lastWords: string; delayMs: number }>
  | Readonly<{ kind: 'stopped' }>

type Wiring = Readonly<{
  launch: () => StationChild
  writeLog: (line: string) => void
  /** What the station says to programs: its ready line, or why it does not start. */
  writeOutput: (line: string) => void
  onChange: (state: StationState) => void
  /** How long a station that was asked to stop may take. */
  patienceMs?: number
}>

export type StationProcess = Readonly<{
  pid: () => number | undefined
  /** Asks the station to stop, ends it after five seconds, and starts it no more. */
  stop: () => Promise<void>
}>

/** Starts the station, reads its ready line, and starts it again whenever it dies. */
export function keepStationRunning({
  launch,
  writeLog,
  writeOutput,
  onChange,
  patienceMs = 5_000,
}: Wiring): StationProcess {
  let child: StationChild | undefined
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  let isStopping = false
  let onEnd = () => {}

  function start(): void {
    const startedAt = Date.now()
    const lastWords = createLastWords()
    onChange({ kind: 'starting' })
    const running = launch()
    child = running
    running.onOutput(
      lineSplitter((line) => {
        const ready = parseReadyLine(line)
        if (ready && !isStopping) onChange({ kind: 'ready', ready })
        writeOutput(line)
        writeLog(line)
      }),
    )
    running.onErrors(
      lineSplitter((line) => {
        lastWords.hear(line)
        writeLog(line)
      }),
    )
    running.onExit((code) => {
      child = undefined
      writeLog(`shell: the station ended with exit code ${code}`)
      if (isStopping) return onEnd()
      const plan = planRestart(failures, Date.now() - startedAt)
      failures = plan.failures
      onChange({ kind: 'down', lastWords: lastWords.text(), delayMs: plan.delayMs })
      timer = setTimeout(start, plan.delayMs)
    })
  }

  start()

  return {
    pid: () => child?.pid(),
    async stop() {
      isStopping = true
      clearTimeout(timer)
      const running = child
      if (running) {
        const ended = new Promise<void>((resolve) => {
          onEnd = resolve
        })
        const late = setTimeout(() => running.kill(), patienceMs)
        running.askToStop()
        await ended
        clearTimeout(late)
      }
      onChange({ kind: 'stopped' })
    },
  }
}
