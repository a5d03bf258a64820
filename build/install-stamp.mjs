import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const inputs = ['package.json', 'package-lock.json', '.npmrc']

/** What the installed packages depend on. A different stamp means: install again. */
export function installStamp(root, platform = process.platform, arch = process.arch) {
  const hash = createHash('sha256').update(`${platform}-${arch}`)
  for (const name of inputs) {
    const path = join(root, name)
    hash.update(`\0${name}\0`).update(existsSync(path) ? readFileSync(path) : '')
  }
  return hash.digest('hex')
}

export function stampFile(root) {
  return join(root, 'node_modules', '.bootstrap-stamp')
}

export function isInstalled(root) {
  const path = stampFile(root)
  return existsSync(path) && readFileSync(path, 'utf8').trim() === installStamp(root)
}
