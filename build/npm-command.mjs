import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/** npm as a script that Node runs: npm says where it is when it started us; otherwise it lies where Node is installed. */
export function npmCommand() {
  const folders = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)]
  const candidates = [
    process.env.npm_execpath,
    ...folders.flatMap((folder) => [
      join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
      join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ]),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ]
  return candidates.find((path) => path?.endsWith('npm-cli.js') && existsSync(path))
}
