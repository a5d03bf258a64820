import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Backup, createBackup } from '../../electron/station/db/backup.ts'
import { createLog } from '../../electron/station/log.ts'
import { saidInBoth } from '../problems/said-in-both.ts'
import { openRooms, type Rooms } from './rooms-for-tests.ts'

let rooms: Rooms
let backup: Backup
const place = mkdtempSync(join(tmpdir(), 'backup-place-'))
const dataFolder = mkdtempSync(join(tmpdir(), 'backup-data-'))
const stick = join(place, 'stick')
beforeAll(async () => {
  rooms = await openRooms()
  const { db, clock, events } = rooms
  const settings = () => ({ folder: stick, everyHours: 24 })
  const log = createLog({ write: () => {} })
  backup = createBackup({ db, dataFolder, settings, dataKey: () => '07', record: () => {}, clock, events, log })
})
afterAll(async () => {
  await backup.stop()
  rooms.close()
  for (const folder of [place, dataFolder]) rmSync(folder, { recursive: true, force: true })
})

test('staff are told when a backup was not made, why and what to do, and when the last one is old', async () => {
  await backup.now('admin')
  const notMade = backup.alarm()!
  expect(notMade).toMatchObject({ code: 'BACKUP-NOT-MADE', with: { cause: 'BACKUP-PLACE' } })
  expect(saidInBoth(notMade)).toContain(`备份位置 ${stick} 现在用不了（BACKUP-PLACE）。请插好备份盘`)
  mkdirSync(stick)
  await backup.now('admin')
  expect(backup.alarm()).toBeUndefined()
  rooms.advance(3 * 24 * 3600_000 + 3600_000)
  expect(backup.alarm()).toMatchObject({ code: 'BACKUP-LATE' })
  expect(saidInBoth(backup.alarm()!)).toContain('请检查备份盘是否插好')
})
