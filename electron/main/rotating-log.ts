import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export type RotatingLog = Readonly<{ file: string; write: (line: string) => void }>

/** A log file that never grows without end: at `maxBytes` it becomes `.1`, `.1` becomes `.2`, and the oldest goes. */
export function openRotatingLog(file: string, maxBytes = 5_000_000, keep = 5): RotatingLog {
  mkdirSync(dirname(file), { recursive: true })
  let size = existsSync(file) ? statSync(file).size : 0
  const rotate = () => {
    for (let number = keep - 1; number >= 0; number--) {
      const older = number === 0 ? file : `${file}.${number}`
      if (existsSync(older)) renameSync(older, `${file}.${number + 1}`)
    }
    size = 0
  }
  return {
    file,
    write(line) {
      const bytes = Buffer.from(`${line}\n`)
      try {
        if (size + bytes.length > maxBytes && size > 0) rotate()
        appendFileSync(file, bytes, { mode: 0o600 })
        size += bytes.length
      } catch {
        // A full disk must not take the shell down; the station itself reports the disk.
      }
    },
  }
}
