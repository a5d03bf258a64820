import type { IncomingMessage } from 'node:http'
import { sm2 } from 'sm-crypto'
import { getTokenFields } from '../../shared/clouds/jilin/fields.ts'
import { openSm2, type Sm2Form } from '../../shared/clouds/jilin/sm2-field.ts'
import { checkResidentNumber } from '../../shared/text/identity-number.ts'
import { refuseJilinBody } from './check-jilin-request.ts'
import { createFaultScript, type FaultRule, type FaultScript } from './fault-script.ts'
import { jilinTrainingDesk } from './jilin-training-desk.ts'
import { openLedger } from './ledger-file.ts'
import { createPdfShelf } from './pdf-shelf.ts'
import { readUpload } from './read-upload.ts'
import {
  type JilinAnswer,
  type JilinJsonCall,
  type JilinRefusal,
  type JilinRequestBody,
  type JilinUploadCall,
  jilinJsonCalls,
  jilinUploadCalls,
  malformed,
  success,
} from './simulated-jilin-calls.ts'
import { emptyJilinLedger, type JilinLedger } from './simulated-jilin-ledger.ts'
import { readJsonObject, type SimulatedAnswer, startSimulatedServer } from './simulated-server.ts'
import { createTokenDesk } from './simulated-token-desk.ts'
import { createTrainingClock, type TrainingClock } from './training-clock.ts'

export type SimulatedJilin = {
  readonly url: string
  /** 130 hex characters, with the leading 04. */
  readonly sm2PublicKey: string
  readonly ledger: JilinLedger
  readonly faults: FaultScript
  /** As a restart of the platform might: every token is refused with 403 from now on. */
  readonly revokeTokens: () => void
  /** The day's thirty grants are gone, as if another system had taken them (11004). */
  readonly useUpQuota: () => void
  /** As after six wrong attempts in a row: 11003 for ten minutes. */
  readonly lockOut: () => void
  /** Puts its clock wrong, or only what its Date header tells; {} puts it right. */
  readonly setClock: TrainingClock['set']
  readonly stop: () => Promise<void>
}

/**
 * The provincial cloud as strict as its document: token rules, every field's necessity, type, length, code list and time format,
 * the identity number opened with SM2 and its GB 11643 check character tested, multipart parts, PDF and DICOM files.
 */
export async function startSimulatedJilin(options: {
  readonly uid: string
  readonly appSecret: string
  readonly keyPair?: { readonly publicKey: string; readonly privateKey: string }
  readonly sm2?: Sm2Form
  readonly clock?: () => number
  readonly faults?: readonly FaultRule[]
  readonly ledgerFile?: string
}): Promise<SimulatedJilin> {
  const { uid, appSecret } = options
  const trainingClock = createTrainingClock(options.clock ?? Date.now)
  const clock = trainingClock.now
  const { publicKey, privateKey } = options.keyPair ?? sm2.generateKeyPairHex()
  const form = options.sm2 ?? { order: 'C1C3C2', encoding: 'base64', prefix04: true }
  const faults = createFaultScript(options.faults)
  const { ledger, save } = openLedger(options.ledgerFile, emptyJilinLedger())
  const desk = createTokenDesk({ uid, appSecret, clock })
  const pdfs = createPdfShelf(options.ledgerFile)
  let url = ''
  const filmUrl = (examId: string) => `${url}/film/?Info=${examId}`
  const jsonCalls: Readonly<Record<string, JilinJsonCall>> = jilinJsonCalls({ ledger, pdfs, clock, filmUrl })
  const uploadCalls: Readonly<Record<string, JilinUploadCall>> = jilinUploadCalls({ ledger, pdfs })

  async function actOn(call: string, request: IncomingMessage): Promise<JilinAnswer> {
    if (call === 'getToken') return grant(await readJsonObject(request))
    if (!desk.isValid(request.headers['x-token'])) {
      // The refusal comes after the whole request, as from a server behind a proxy.
      for await (const _ of request);
      return { kind: 'refused', code: 403, message: '授权校验失败' }
    }
    const upload = uploadCalls[call]
    if (upload) {
      const parts = await readUpload(request, upload.keep)
      return parts ? upload.act(parts) : malformed('不是 multipart/form-data')
    }
    const body = await readJsonObject(request)
    const opened = body ? openIdentity(body) : malformed('不是 JSON 对象')
    if (opened.kind === 'refused') return opened
    const json = jsonCalls[call]
    const wrong = json && refuseJilinBody(json.fields(opened.body), opened.body)
    return wrong || !json ? malformed(wrong ?? '') : json.act(opened.body)
  }

  function grant(body: JilinRequestBody | undefined): JilinAnswer {
    const wrong = body ? refuseJilinBody(getTokenFields, body) : '不是 JSON 对象'
    if (!body || wrong) return malformed(wrong ?? '')
    const answer = desk.ask(body.uid, body.appSecret)
    ledger.grants = desk.grants()
    return answer.kind === 'granted' ? success({ token: answer.token }) : answer
  }

  /** The body with its sealed idCardNo in clear. Refused when that can't be opened or is no valid number. */
  function openIdentity(body: JilinRequestBody): { kind: 'opened'; body: JilinRequestBody } | JilinRefusal {
    if (typeof body.idCardNo !== 'string') return { kind: 'opened', body }
    const plain = openSm2(body.idCardNo, privateKey, form)
    if (plain === undefined) return malformed('idCardNo 无法用 SM2 解密')
    if (!checkResidentNumber(plain).ok) return malformed('idCardNo 校验位不符')
    return { kind: 'opened', body: { ...body, idCardNo: plain } }
  }

  async function handle(call: string, request: IncomingMessage): Promise<SimulatedAnswer | undefined> {
    if (call !== 'getToken' && !Object.hasOwn(jsonCalls, call) && !Object.hasOwn(uploadCalls, call)) return undefined
    const answer = await actOn(call, request)
    if (answer.kind === 'refused') ledger.refusals.push({ call, code: answer.code, message: answer.message })
    save()
    return answer.kind === 'refused' ? { kind: 'json', value: { code: answer.code, msg: answer.message } } : answer
  }

  const server = await startSimulatedServer({
    callOf: (path) => /^\/interface\/(\w+)$/.exec(path)?.[1],
    faults,
    clock: trainingClock.date,
    desk: jilinTrainingDesk(ledger, desk, trainingClock),
    ledger: () => ledger,
    handle,
    refusal: (code, msg) => ({ code, msg }),
    page: (path) => (path.startsWith('/film/?Info=') ? filmPage : undefined),
  })
  url = server.url
  return {
    url,
    sm2PublicKey: publicKey,
    ledger,
    faults,
    revokeTokens: desk.revokeAll,
    useUpQuota: desk.useUp,
    lockOut: desk.lock,
    setClock: trainingClock.set,
    stop: server.stop,
  }
}

const filmPage = '<!doctype html><title>云胶片（训练）</title><h1>云胶片（训练）</h1>'
