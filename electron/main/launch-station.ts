import { spawn } from 'node:child_process'
import { utilityProcess } from 'electron'
import { stationEnvironment, stationNodeFlags } from '../station/process-options.ts'
import type { StationRuntime } from './station-runtime.ts'

/** A running station, however it runs. */
export type StationChild = Readonly<{
  pid: () => number | undefined
  onOutput: (listener: (chunk: Buffer) => void) => void
  onErrors: (listener: (chunk: Buffer) => void) => void
  onExit: (listener: (code: number | null) => void) => void
  askToStop: () => void
  kill: () => void
}>

type Runnable = Exclude<StationRuntime, { kind: 'none' }>

const stopMessage = 'stop'

export function launchStation(runtime: Runnable, flags: readonly string[], env: NodeJS.ProcessEnv): StationChild {
  const own = stationEnvironment(env)
  return runtime.kind === 'plain-node' ? launchNode(runtime, flags, own) : launchUtility(runtime.script, flags, own)
}

// Windows has no SIGTERM: a kill there is sudden, so the station is asked by message. Elsewhere the signal is the message.
const asksByMessage = process.platform === 'win32'

function launchNode(
  { program, script }: Extract<Runnable, { kind: 'plain-node' }>,
  flags: readonly string[],
  env: NodeJS.ProcessEnv,
): StationChild {
  const child = spawn(program, [...stationNodeFlags, script, ...flags], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    windowsHide: true,
  })
  return {
    pid: () => child.pid,
    onOutput: (listener) => child.stdout?.on('data', listener),
    onErrors: (listener) => child.stderr?.on('data', listener),
    onExit: (listener) => {
      let isOver = false
      const once = (code: number | null) => {
        if (!isOver) listener(code)
        isOver = true
      }
      child.once('error', (error) => {
        child.stderr?.emit('data', Buffer.from(`${error.message}\n`))
        once(null)
      })
      child.once('close', once)
    },
    askToStop: () => {
      if (asksByMessage && child.connected) child.send(stopMessage)
      else child.kill('SIGTERM')
    },
    kill: () => child.kill('SIGKILL'),
  }
}

function launchUtility(script: string, flags: readonly string[], env: NodeJS.ProcessEnv): StationChild {
  const child = utilityProcess.fork(script, [...flags], { env, stdio: 'pipe', serviceName: 'yingzhan-station' })
  return {
    pid: () => child.pid,
    onOutput: (listener) => child.stdout?.on('data', listener),
    onErrors: (listener) => child.stderr?.on('data', listener),
    onExit: (listener) => child.once('exit', listener),
    askToStop: () => {
      if (asksByMessage) child.postMessage(stopMessage)
      else child.kill()
    },
    kill: () => {
      const pid = child.pid
      if (pid === undefined) return
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has just ended by itself.
      }
    },
  }
}
