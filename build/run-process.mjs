import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs a program on our own terminal and resolves with its exit code. A signal that asks us to stop is passed on, so that
 * the program at the end of the chain decides how it stops. At a terminal Ctrl-C reaches every process by itself.
 */
export function runProcess(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    const pass = (signal) => child.kill(signal)
    const handlers = {
      SIGTERM: pass,
      SIGHUP: pass,
      SIGINT: (signal) => {
        if (!process.stdin.isTTY) pass(signal)
      },
    }
    for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler)
    const watch = watchParent(() => pass('SIGTERM'))
    const settle = (finish, value) => {
      clearInterval(watch)
      for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler)
      finish(value)
    }
    child.once('error', (error) => settle(reject, error))
    child.once('exit', (code, signal) => settle(resolve, code ?? 128 + (constants.signals[signal] ?? 0)))
  })
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
