import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'

/**
 * Runs a program on our own terminal and resolves with its exit code. A signal that asks us to stop is passed on, so that
 * the program at the end of the chain decides how it stops. At a terminal Ctrl-C reaches every process by itself.
 * `leavesNothing`: whatever it started and left behind ends with it (not on Windows). A left process holds our output open, and who
 * reads that would wait for it for ever.
 */
export function runProcess(command, args, { leavesNothing = false, ...options } = {}) {
  const ownGroup = leavesNothing && process.platform !== 'win32'
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', detached: ownGroup, ...options })
    const pass = (signal) => (ownGroup ? signalGroup(child.pid, signal) : child.kill(signal))
    const handlers = {
      SIGTERM: pass,
      SIGHUP: pass,
      SIGINT: (signal) => {
        if (ownGroup || !process.stdin.isTTY) pass(signal)
      },
    }
    for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler)
    const watch = watchParent(() => pass('SIGTERM'))
    const settle = (finish, value) => {
      clearInterval(watch)
      for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler)
      if (ownGroup) endGroup(child.pid)
      finish(value)
    }
    child.once('error', (error) => settle(reject, error))
    child.once('exit', (code, signal) => settle(resolve, code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

function endGroup(leader) {
  const left = commandsOf(leader)
  if (!signalGroup(leader, 'SIGKILL') || left?.length === 0) return
  console.error('有进程没有自己结束，已强行结束 / processes that did not end by themselves were ended')
  for (const command of left ?? []) console.error(`  ${command}`)
}

/** The command lines of a group of processes; undefined where the system doesn't tell them (it is not Linux). */
function commandsOf(group) {
  if (!existsSync('/proc/self/stat')) return undefined
  const commands = []
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [state, , itsGroup] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
      if (Number(itsGroup) !== group || state === 'Z') continue
      commands.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 200))
    } catch {
      // It ended while we looked.
    }
  }
  return commands
}

/** False where nobody of the group is left. */
function signalGroup(leader, signal) {
  try {
    return leader !== undefined && process.kill(-leader, signal)
  } catch {
    return false
  }
}

/** npm starts us through a shell and passes signals to that shell only: a stopped `npm start` is seen by our parent being gone. */
function watchParent(onGone) {
  if (process.platform === 'win32' || !process.env.npm_lifecycle_event) return undefined
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onGone()
  }, 250)
  return timer.unref()
}
