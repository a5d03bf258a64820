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
    const settle = (finish, value) => {
      for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler)
      finish(value)
    }
    child.once('error', (error) => settle(reject, error))
    child.once('exit', (code, signal) => settle(resolve, code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}
