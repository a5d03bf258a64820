import type { IncomingMessage } from 'node:http'
import { toBuffer as qrPng } from 'qrcode'
import { type AimisCall, aimisCalls } from '../../shared/clouds/aimis/fields.ts'
import { refuseFields, refuseSignature } from './check-aimis-request.ts'
import { createFaultScript, type FaultRule, type FaultScript } from './fault-script.ts'
import { openLedger } from './ledger-file.ts'
import type { ReceivedInstance } from './simulated-gateway-dicom.ts'
import { readJsonObject, type SimulatedAnswer, startSimulatedServer } from './simulated-server.ts'

type Body = Readonly<Record<string, unknown>>

/** What AIMIS would hold. `received` counts how often a thing came, also when it was already there. */
export type AimisLedger = {
  readonly studies: Record<string, AimisStudy>
  readonly refusals: { readonly call: string; readonly code: number; readonly message: string }[]
}

export type AimisStudy = {
  body: Body
  received: number
  deleted: boolean
  qrAsked: number
  /** By reportNumber. */
  readonly reports: Record<string, { readonly body: Body; received: number }>
  reconciled: { received: number; agreed: boolean | undefined }
}

export type SimulatedAimis = {
  readonly url: string
  readonly ledger: AimisLedger
  readonly faults: FaultScript
  readonly stop: () => Promise<void>
}

const encapsulatedPdf = '1.2.840.10008.5.1.4.1.1.104.1'

/**
 * A gateway as strict as the documents: signature, freshness (5 minutes), class A, types, formats, code lists; it knows only studies
 * that study/add told it, and compares reconciled counts with what it holds. `receivedInstances`: what its DICOM side got.
 */
export async function startSimulatedAimis(options: {
  readonly appId: string
  readonly token: string
  readonly signatureEncoding?: 'hex' | 'base64'
  readonly clock?: () => number
  readonly faults?: readonly FaultRule[]
  readonly receivedInstances?: () => readonly ReceivedInstance[]
  readonly ledgerFile?: string
}): Promise<SimulatedAimis> {
  const { appId, token, signatureEncoding = 'hex', clock = Date.now, receivedInstances = () => [] } = options
  const faults = createFaultScript(options.faults)
  const { ledger, save } = openLedger<AimisLedger>(options.ledgerFile, { studies: {}, refusals: [] })

  const refuse = (call: string, code: number, message: string): SimulatedAnswer => {
    ledger.refusals.push({ call, code, message })
    return answerOf(code, message)
  }

  async function handle(call: string, request: IncomingMessage): Promise<SimulatedAnswer | undefined> {
    if (!isCall(call)) return undefined
    const body = await readJsonObject(request)
    const unsigned = refuseSignature(request.headers, { appId, token, signatureEncoding }, clock())
    if (unsigned) return refuse(call, unsigned.code, unsigned.message)
    if (!body) return refuse(call, 100001, '参数错误')
    const malformed = refuseFields(aimisCalls[call], body)
    if (malformed) return refuse(call, malformed.code, malformed.message)
    const answer = await act(call, body)
    save()
    return answer
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
    const images = mine.filter((instance) => instance.sopClassUid !== encapsulatedPdf)
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
    prefix: '/ris/',
    faults,
    clock,
    ledger: () => ledger,
    handle,
    refusal: (code, message) => ({ code, message }),
  })
  return { url: server.url, ledger, faults, stop: server.stop }
}

const isCall = (call: string): call is AimisCall => Object.hasOwn(aimisCalls, call)
const answerOf = (code: number, message: string, data?: object): SimulatedAnswer => ({
  kind: 'json',
  value: data ? { code, message, data } : { code, message },
})
const success = (data?: object): SimulatedAnswer => answerOf(0, '成功', data)

function newStudy(body: Body): AimisStudy {
  return { body, received: 1, deleted: false, qrAsked: 0, reports: {}, reconciled: { received: 0, agreed: undefined } }
}
