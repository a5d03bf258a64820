import { closeSync, fdatasync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import BetterSqlite3 from 'better-sqlite3'
import type { IncomingInstance, ObjectAnnouncement } from '../../electron/station/archive/store-outcome.ts'
import { createReceiver, type ReceiverParts } from '../../electron/station/receiver/receiver.ts'
import type { InstanceFacts } from '../../shared/models/study.ts'

/**
 * The least that a durable receiver must do, behind the station's own front door: the bytes in a synced file, one row committed with
 * `synchronous=FULL`, then the answer. It reads no header, makes no hash, looks for no exam and names nothing safely. What it reaches
 * is what this computer and its disk allow; what the station loses against it is the price of the archive.
 *
 * Run with the folder to use; prints one line of JSON with its AE title and port.
 */
const folder = process.argv[2]!
const store = join(folder, 'store')
const syncData = promisify(fdatasync)
mkdirSync(store)

const db = new BetterSqlite3(join(folder, 'bare.db'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec(
  'create table object (id integer primary key, sop_instance_uid text not null, size_bytes integer not null) strict',
)
const insert = db.prepare('insert into object values (?, ?, ?)')
let lastId = 0

function begin({ sopInstanceUid }: ObjectAnnouncement): IncomingInstance {
  const id = ++lastId
  const fd = openSync(join(store, `${id}.dcm`), 'wx')
  let size = 0
  return {
    write(piece) {
      for (let done = 0; done < piece.length; ) done += writeSync(fd, piece, done)
      size += piece.length
      return undefined
    },
    async finish() {
      await syncData(fd)
      closeSync(fd)
      insert.run(id, sopInstanceUid, size)
      return { kind: 'stored', instance: { studyInstanceUid: '' } as InstanceFacts }
    },
    abandon: async () => closeSync(fd),
  }
}

const nothing = () => {}
const parts = {
  config: { aeTitle: 'BARE', host: '127.0.0.1', port: 0 },
  archive: { mayAccept: async () => ({ kind: 'yes' }), begin },
  query: {},
  audit: { record: nothing },
  worklist: () => [],
  devices: () => [],
  acceptUnknown: () => true,
  onKnock: nothing,
  log: { info: nothing, warn: nothing, error: nothing, debug: nothing },
  clock: Date.now,
  events: { tell: nothing },
}
const receiver = createReceiver(parts as unknown as ReceiverParts)
const { port } = await receiver.start()
process.stdout.write(`${JSON.stringify({ dicom: { aeTitle: 'BARE', port } })}\n`)
process.on('SIGTERM', () => process.exit(0))
