import type { IncomingMessage } from 'node:http'
import { toBuffer as qrPng } from 'qrcode'
import type { AimisField } from '../../shared/clouds/aimis/field.ts'
import { type AimisCall, aimisCalls } from '../../shared/clouds/aimis/fields.ts'
import { type AimisServiceCall, aimisServiceFields } from '../../shared/clouds/aimis/internet-hospital-fields.ts'
import { encapsulatedPdfStorage } from '../../shared/dicom/sop-class.ts'
import { aimisTrainingDesk } from './aimis-training-desk.ts'
import { refuseFields, refuseSignature } from './check-aimis-request.ts'
import { createFaultScript, type FaultRule, type FaultScript } from './fault-script.ts'
import { openLedger } from './ledger-file.ts'
import { type SentCallback, sendStatusCallback } from './send-status-callback.ts'
import { type AimisLedger, type AimisStudy, emptyAimisLedger, newStudy } from './simulated-aimis-ledger.ts'
import { answerQuestion, openSealedFields } from './simulated-aimis-questions.ts'
import type { ReceivedInstance } from './simulated-gateway-dicom.ts'
import { readJsonObject, type SimulatedAnswer, startSimulatedServer } from './simulated-server.ts'
import { createTrainingClock, type TrainingClock } from './training-clock.ts'

type Body = Readonly<Record<string, unknown>>

export type SimulatedAimis = {
  readonly url: string
  readonly ledger: AimisLedger
  readonly faults: FaultScript
  /** Puts its clock wrong, or only what its Date header tells; {} puts it right. */
  readonly setClock: TrainingClock['set']
  /** Tells the station what the cloud has of a study, as the document says: 检查状态同步回调. Undefined: there is no such study. */
  readonly sendCallback: (callback: {
    readonly url: string
    readonly status: 0 | 1 | 2 | 3
    readonly studyId: string
    readonly hospitalId?: string
    readonly headers?: Readonly<Record<string, string>>
  }) => Promise<SentCallback | undefined>
  readonly stop: () => Promise<void>
}

/**
 * A gateway as strict as the documents: signature, freshness (5 minutes), class A, types, formats, code lists; it knows only studies
 * that study/add told it, and compares reconciled counts with what it holds. `receivedInstances`: what its DICOM side got.
 */
export async function startSimulatedAimis(options: {
  readonly appId: string
  readonly token: string
  readonly signatureEncoding?: 'hex' | 'base64'
  readonly edition?: '2023' | '2025'
  readonly clock?: () => number
  /** What the Date header tells, where that is not what the signature is checked by. */
  readonly dateClock?: () => number
  readonly faults?: readonly FaultRule[]
  readonly receivedInstances?: () => readonly ReceivedInstance[]
  readonly ledgerFile?: string
}): Promise<SimulatedAimis> {
  const { appId, token, signatureEncoding = 'hex', edition = '2025' } = options
  const trainingClock = createTrainingClock(options.clock ?? Date.now, options.dateClock)
  const clock = trainingClock.now
  const { receivedInstances = () => [] } = options
  const faults = createFaultScript(options.faults)
  const { ledger, save } = openLedger<AimisLedger>(options.ledgerFile, emptyAimisLedger())

  const refuse = (call: string, code: number, message: string): SimulatedAnswer => {
    ledger.refusals.push({ call, code, message })
    return answerOf(code, message)
  }

  async function handle(call: string, request: IncomingMessage): Promise<SimulatedAnswer | undefined> {
    const fields = fieldsOf(call, edition)
    if (!fields) return undefined
    const body = await readJsonObject(request)
    const unsigned = refuseSignature(request.headers, { appId, token, signatureEncoding }, clock())
    if (unsigned) return refuse(call, unsigned.code, unsigned.message)
    if (!body) return refuse(call, 100001, '参数错误')
    const malformed = refuseFields(fields, body)
    if (malformed) return refuse(call, malformed.code, malformed.message)
    const answer = isGatewayCall(call) ? await act(call, body) : answerService(call as AimisServiceCall, fields, body)
    save()
    return answer
  }

  function answerService(call: AimisServiceCall, fields: readonly AimisField[], body: Body): SimulatedAnswer {
    const opened = openSealedFields(fields, body, token)
    if (opened.kind === 'refused') return refuse(call, opened.code, opened.message)
    const answer = answerQuestion(call, opened.body, ledger, pageUrl)
    return answer.kind === 'refused' ? refuse(call, answer.code, answer.message) : success(answer.data)
  }

  async function act(call: AimisCall, body: Body): Promise<SimulatedAnswer> {
    const studyId = String(body.studyId)
    const held = ledger.studies[studyId]
    const study = held && !held.deleted ? held : undefined
    switch (call) {
      case 'study/add':
        if (held) Object.assign(held, { body, received: held.received + 1, deleted: false })
        else ledger.studies[studyId] = newStudy(body)
        return success()
      case 'report/add': {
        if (!study) return refuse(call, 30002, '检查ID不存在')
        const reportNumber = String(body.reportNumber)
        const report = study.reports[reportNumber]
        if (!report) {
          study.reports[reportNumber] = { body, received: 1 }
          return success()
        }
        report.received += 1
        return refuse(call, 30004, '报告已存在')
      }
      case 'getStudyQR': {
        if (!study) return refuse(call, 30002, '检查ID不存在')
        study.qrAsked += 1
        const png = await qrPng(`https://training.invalid/study/${encodeURIComponent(studyId)}`)
        return success({ qrImage: png.toString('base64'), qrUrl: '' })
      }
      case 'study/delete':
        if (!study) return refuse(call, 30002, '检查ID不存在')
        study.deleted = true
        return success()
      case 'reconcilelog': {
        if (!study) return refuse(call, 30002, '检查ID不存在')
        const difference = compare(study, body)
        study.reconciled = { received: study.reconciled.received + 1, agreed: difference === '' }
        return difference === '' ? success() : refuse(call, 100001, `对账不一致：${difference}`)
      }
      case 'reconcilerangelog': {
        const logs = body.studyList as readonly Body[]
        const differing = logs.filter((log) => {
          const known = ledger.studies[String(log.studyId)]
          return !known || known.deleted || compare(known, log) !== ''
        })
        if (differing.length === 0) return success()
        return refuse(call, 100001, `对账不一致：${differing.length} 个检查`)
      }
    }
  }

  /** Where the counts differ from what the cloud holds, in words; '' where they agree. */
  function compare(study: AimisStudy, log: Body): string {
    const mine = receivedInstances().filter((instance) => instance.accessionNumber === study.body.accessNumber)
    const images = mine.filter((instance) => instance.sopClassUid !== encapsulatedPdfStorage)
    const held = {
      imageCnt: images.length,
      seriesCnt: new Set(images.map((instance) => instance.seriesInstanceUid)).size,
      pdfCnt: mine.length - images.length,
      reportCnt: Object.keys(study.reports).length > 0 ? 1 : 0,
    }
    return Object.entries(held)
      .filter(([name, count]) => log[name] !== count)
      .map(([name, count]) => `${name} 云端 ${count} 上报 ${log[name]}`)
      .join('，')
  }

  const server = await startSimulatedServer({
    callOf: (path) => callOf(path, appId),
    faults,
    clock: trainingClock.date,
    desk: aimisTrainingDesk(ledger, trainingClock),
    ledger: () => ledger,
    handle,
    refusal: (code, message) => ({ code, message }),
  })
  return {
    url: server.url,
    ledger,
    faults,
    setClock: trainingClock.set,
    sendCallback: async ({ studyId, hospitalId = '', ...callback }) => {
      const study = ledger.studies[studyId]
      return (
        study && sendStatusCallback({ ...callback, study, hospitalId }, { appId, token, signatureEncoding }, clock())
      )
    },
    stop: server.stop,
  }
}

const isGatewayCall = (call: string): call is AimisCall => Object.hasOwn(aimisCalls, call)
const serviceCalls: readonly AimisServiceCall[] = ['patientStudies', 'patientConsultations', 'patientReportUrl']

/** '/ris/<call>' of the gateway, '/thirdparty/<call>/{appId}' of the service. */
function callOf(path: string, appId: string): string | undefined {
  if (path.startsWith('/ris/')) return path.slice('/ris/'.length)
  const [, call, id] = /^\/thirdparty\/(\w+)\/([^/]+)$/.exec(path) ?? []
  return id !== undefined && decodeURIComponent(id) === appId ? call : undefined
}

function fieldsOf(call: string, edition: '2023' | '2025'): readonly AimisField[] | undefined {
  if (isGatewayCall(call)) return aimisCalls[call]
  const service = serviceCalls.find((known) => known === call)
  return service && aimisServiceFields(service, edition)
}

const pageUrl = (page: string, id: string) => `https://training.invalid/${page}/${encodeURIComponent(id)}`
const answerOf = (code: number, message: string, data?: unknown): SimulatedAnswer => ({
  kind: 'json',
  value: data !== undefined ? { code, message, data } : { code, message },
})
const success = (data?: unknown): SimulatedAnswer => answerOf(0, '成功', data)
