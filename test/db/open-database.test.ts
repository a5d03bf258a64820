import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { inTransaction, must } from '../../electron/station/db/in-transaction.ts'
import { migrate } from '../../electron/station/db/migrate.ts'
import { migrations } from '../../electron/station/db/migrations/index.ts'
import { type Database, isOlder, openDatabase } from '../../electron/station/db/open-database.ts'
import { fail, ok } from '../../shared/problems/problem.ts'

let folder: string
let file: string
let db: Database
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yingzhan-db-'))
  file = join(folder, 'station.db')
  db = await openDatabase(file)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})
const pragma = (name: string) => db.pragma(name, { simple: true })

describe('the database', () => {
  test('keeps what was committed through a power cut: WAL with synchronous FULL, on an SQLite that does not lose it', () => {
    expect(pragma('journal_mode')).toBe('wal')
    expect(pragma('synchronous')).toBe(2)
    expect(pragma('foreign_keys')).toBe(1)
    expect(Number(pragma('busy_timeout'))).toBeGreaterThanOrEqual(1000)
    const version = String(db.prepare('select sqlite_version()').pluck().get())
    expect(isOlder(version, [3, 51, 3]), version).toBe(false)
  })

  test('tells older versions of SQLite from safe ones', () => {
    for (const old of ['3.7.0', '3.51.2', '3.9.99', '2.99.99', '3.51']) expect(isOlder(old, [3, 51, 3]), old).toBe(true)
    for (const safe of ['3.51.3', '3.51.10', '3.52.0', '4.0.0', '3.100.0'])
      expect(isOlder(safe, [3, 51, 3]), safe).toBe(false)
  })

  test('has every table STRICT', () => {
    const tables = db
      .prepare("select name, strict from pragma_table_list where schema = 'main' and type = 'table'")
      .all() as {
      name: string
      strict: number
    }[]
    expect(tables.length).toBeGreaterThan(10)
    expect(
      tables.filter((table) => table.strict === 0 && !table.name.startsWith('sqlite_')).map((table) => table.name),
    ).toEqual([])
    expect(() => db.prepare("insert into running_number (scope, last) values ('x', 'not a number')").run()).toThrow()
  })

  test('is at the newest step, and opening it again changes nothing', async () => {
    expect(pragma('user_version')).toBe(migrations.length)
    db.prepare("insert into running_number (scope, last) values ('x', 3)").run()
    db.close()
    db = await openDatabase(file)
    expect(db.prepare('select last from running_number').pluck().get()).toBe(3)
  })

  test('of a newer program is refused and left as it is', async () => {
    db.pragma(`user_version = ${migrations.length + 1}`)
    db.close()
    await expect(openDatabase(file)).rejects.toThrow(/newer version/)
    const { default: Sqlite } = await import('better-sqlite3')
    db = new Sqlite(file)
    expect(pragma('user_version')).toBe(migrations.length + 1)
  })
})

describe('a migration', () => {
  const added = { name: '0099-added', sql: 'create table added (id text primary key) strict' }
  const broken = { name: '0100-broken', sql: 'create table half (id text) strict; create table half (id text) strict' }

  test('is applied once, after those before it', () => {
    migrate(db, [...migrations, added])
    migrate(db, [...migrations, added])
    expect(pragma('user_version')).toBe(migrations.length + 1)
  })

  test('that fails leaves the old tables and the old number', () => {
    expect(() => migrate(db, [...migrations, added, broken])).toThrow()
    expect(pragma('user_version')).toBe(migrations.length + 1)
    expect(db.prepare("select count(*) from sqlite_master where name = 'half'").pluck().get()).toBe(0)
    migrate(db, [...migrations, added])
  })

  test('names are numbered by their place', () => {
    expect(migrations.map((one) => Number(one.name.slice(0, 4)))).toEqual(migrations.map((_, index) => index + 1))
  })
})

describe('a transaction', () => {
  const write = () => db.prepare("insert into running_number (scope, last) values ('x', 1)").run()
  const rows = () => db.prepare('select count(*) from running_number').pluck().get()

  test('keeps everything, or on an expected failure nothing, and says which', () => {
    expect(
      inTransaction(db, () => {
        write()
        return must(ok(1))
      }),
    ).toEqual({ ok: true, value: 1 })
    db.exec('delete from running_number')
    expect(
      inTransaction(db, () => {
        write()
        return must(fail('NO-INSTITUTION'))
      }),
    ).toMatchObject({ ok: false, problem: { code: 'NO-INSTITUTION' } })
    expect(rows()).toBe(0)
  })

  test('that meets a surprise keeps nothing and does not swallow it', () => {
    expect(() =>
      inTransaction(db, () => {
        write()
        throw new TypeError('a bug')
      }),
    ).toThrow('a bug')
    expect(rows()).toBe(0)
  })
})
