import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ProblemError } from '../../../shared/problems/problem.ts'
import type { Database } from '../db/open-database.ts'
import { createSecretBox, type SecretBox } from './secret-box.ts'
import { prepareSettingsSql } from './settings-sql.ts'

const check = 'data-key'

/**
 * Opens what is sealed in this data folder. The key is the one that sealed it: a file that only this user can read, where the
 * station ran alone first, or the one that the shell keeps in the operating system's store. A new key is made only for a folder
 * that nothing was sealed in; otherwise KEY-WRONG is thrown, and nothing is written.
 */
export function openSecretBox(db: Database, dataFolder: string, fromShell: string | undefined): SecretBox {
  const sql = prepareSettingsSql(db)
  const sealed = sql.sealed.get(check)
  const known = keyInFile(dataFolder) ?? keyOf(fromShell)
  if (!known && sealed) throw new ProblemError({ code: 'KEY-WRONG' })
  const box = createSecretBox(known ?? makeKeyFile(dataFolder))
  if (sealed) box.open(sealed, `state/${check}`)
  else sql.saveSealed.run(check, box.seal('yingzhan', `state/${check}`))
  return box
}

const fileIn = (dataFolder: string): string => join(dataFolder, 'data.key')

function keyOf(hex: string | undefined): Buffer | undefined {
  if (!hex) return undefined
  const key = Buffer.from(hex.trim(), 'hex')
  if (key.length !== 32) throw new ProblemError({ code: 'KEY-WRONG' })
  return key
}

function keyInFile(dataFolder: string): Buffer | undefined {
  try {
    return keyOf(readFileSync(fileIn(dataFolder), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function makeKeyFile(dataFolder: string): Buffer {
  const key = randomBytes(32)
  const handle = openSync(fileIn(dataFolder), 'wx', 0o600)
  writeSync(handle, `${key.toString('hex')}\n`)
  fsyncSync(handle)
  closeSync(handle)
  return key
}
