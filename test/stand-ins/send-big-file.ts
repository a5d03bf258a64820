import { createDocuments } from '../../electron/station/documents/documents.ts'
import { createLog } from '../../electron/station/log.ts'
import { createCloudClients } from '../../electron/station/uploads/cloud-clients.ts'
import { createJilinDelivery } from '../../electron/station/uploads/deliver-to-jilin.ts'
import { createPacsDelivery } from '../../electron/station/uploads/deliver-to-pacs.ts'
import type { StoredDataSet } from '../../electron/station/uploads/delivery.ts'
import { createUploads } from '../../electron/station/uploads/uploads.ts'
import type { CloudOutcome } from '../../shared/clouds/cloud-outcome.ts'
import type { TokenRecord } from '../../shared/clouds/jilin/token.ts'
import { type Destination, destinationInputSchema } from '../../shared/models/destination.ts'
import type { ExamDossier } from '../../shared/models/exam-dossier.ts'
import type { OutboxTask } from '../../shared/models/outbox-task.ts'

// The uploads room as a program of its own, so that a test can see how much memory one large file takes:
// `send-big-file.ts <JSON>` prints {outcomes, peakMebibytes}.

export type BigFileOrder = {
  readonly destination: unknown
  readonly dossier: ExamDossier
  readonly stored: StoredDataSet
  readonly tasks: readonly OutboxTask[]
}

const order = JSON.parse(process.argv[2] ?? '{}') as BigFileOrder
const destination = {
  ...destinationInputSchema.parse(order.destination),
  id: 'destination-1',
  paused: undefined,
} as Destination
const log = createLog({ write: (line) => process.stderr.write(line) })
let token: TokenRecord | undefined
const tokenStore = () => ({
  read: () => token,
  write: (record: TokenRecord) => {
    token = record
  },
})
const clock = Date.now
const deps = { clock, log, audit: () => {}, stationAeTitle: 'YINGZHAN', dataSetOf: () => order.stored }
const pacs = createPacsDelivery(deps)
const clients = createCloudClients({ clock, tokenStore })
const jilin = createJilinDelivery({ ...deps, documents: createDocuments(), clients })
const uploads = createUploads({ pacs, jilin, aimis: undefined as never })
const outcomes: CloudOutcome[] = []
for (const task of order.tasks)
  outcomes.push(...(await uploads.to(destination).deliver([task], order.dossier)).values())
console.log(JSON.stringify({ outcomes, peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024) }))
