import { join } from 'node:path'
import { createArchive } from '../../electron/station/archive/archive.ts'
import { createArchiveQuery } from '../../electron/station/archive/query-archive.ts'
import { openDatabase } from '../../electron/station/db/open-database.ts'
import { createEvents } from '../../electron/station/events.ts'
import { createLog } from '../../electron/station/log.ts'
import { createAuditLog } from '../../electron/station/people/audit-log.ts'
import { createReceiver } from '../../electron/station/receiver/receiver.ts'

// Archive and receiver as a program of their own, so that a test can kill it: `receiving-station.ts <folder>` prints its port.
const folder = process.argv[2]
if (!folder) throw new Error('receiving-station.ts <folder>')
const db = await openDatabase(join(folder, 'station.db'))
const clock = Date.now
const log = createLog(process.stderr, 'error')
const events = createEvents()
const audit = createAuditLog(db, clock)
const archive = await createArchive({ db, folder, clock, audit, log, events, onStored: () => {} })
await archive.sweep()
const receiver = createReceiver({
  config: { aeTitle: 'YINGZHAN', host: '127.0.0.1', port: 0 },
  archive,
  query: createArchiveQuery(db),
  audit,
  worklist: () => [],
  devices: () => [],
  acceptUnknown: () => true,
  onKnock: () => {},
  log,
  clock,
  events,
})
const { port } = await receiver.start()
console.log(`port ${port}`)
