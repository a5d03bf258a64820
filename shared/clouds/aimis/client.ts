import type { AimisSettings } from '../../models/destination.ts'
import { type CloudOutcome, done } from '../cloud-outcome.ts'
import type { HttpTransport } from '../http-transport.ts'
import type { JsonObject } from '../read-answer.ts'
import { createAimisCaller } from './caller.ts'
import {
  type AimisCall,
  aimisCalls,
  type GetStudyQrBody,
  type ReconcileLogBody,
  type ReconcileRangeLogBody,
  type ReportAddBody,
  type StudyDeleteBody,
} from './fields.ts'
import type { StudyAddBody } from './study-add-fields.ts'

/** What is printed on the card. `qrImage`: a PNG in Base64. `qrUrl`: reserved by the document, '' so far. */
export type StudyQr = { readonly qrImage: string; readonly qrUrl: string }

/** The in-hospital gateway of AIMIS, POST {gatewayUrl}/ris/…. One attempt a call; what to do next is in the outcome. */
export type AimisClient = {
  readonly studyAdd: (body: StudyAddBody) => Promise<CloudOutcome<undefined>>
  readonly reportAdd: (body: ReportAddBody) => Promise<CloudOutcome<undefined>>
  /** A gateway that does not know the study yet: outcome unknown with a code of `studyUnknownCodes`; see obtain-study-qr.ts. */
  readonly getStudyQr: (body: GetStudyQrBody) => Promise<CloudOutcome<StudyQr>>
  readonly studyDelete: (body: StudyDeleteBody) => Promise<CloudOutcome<undefined>>
  readonly reconcileLog: (body: ReconcileLogBody) => Promise<CloudOutcome<undefined>>
  readonly reconcileRangeLog: (body: ReconcileRangeLogBody) => Promise<CloudOutcome<undefined>>
  /** The gateway's clock minus ours at the last answer, milliseconds; undefined before the first. Staff are told above 60 s. */
  readonly clockOffsetMs: () => number | undefined
}

export function createAimisClient(options: {
  readonly settings: Pick<AimisSettings, 'gatewayUrl' | 'appId' | 'token' | 'signatureEncoding'>
  readonly transport: HttpTransport
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly signal?: AbortSignal
}): AimisClient {
  const { settings, transport, clock, signal } = options
  const base = settings.gatewayUrl.replace(/\/+$/, '')
  const caller = createAimisCaller({ settings, transport, clock, signal })
  const call = <T>(name: AimisCall, body: object, read: (answer: JsonObject) => CloudOutcome<T>) =>
    caller.call({ url: `${base}/ris/${name}`, fields: aimisCalls[name], body, read })
  const nothing = () => done(undefined)

  return {
    studyAdd: (body) => call('study/add', body, nothing),
    reportAdd: (body) => call('report/add', body, nothing),
    getStudyQr: (body) => call('getStudyQR', body, readStudyQr),
    studyDelete: (body) => call('study/delete', body, nothing),
    reconcileLog: (body) => call('reconcilelog', body, nothing),
    reconcileRangeLog: (body) => call('reconcilerangelog', body, nothing),
    clockOffsetMs: caller.clockOffsetMs,
  }
}

const pngSignature = '89504e470d0a1a0a'

function readStudyQr(answer: JsonObject): CloudOutcome<StudyQr> {
  const data: JsonObject = typeof answer.data === 'object' && answer.data !== null ? { ...answer.data } : {}
  const image = typeof data.qrImage === 'string' ? data.qrImage.replace(/^data:image\/png;base64,/, '') : ''
  const qrUrl = typeof data.qrUrl === 'string' ? data.qrUrl : ''
  if (Buffer.from(image, 'base64').subarray(0, 8).toString('hex') === pngSignature) {
    return done({ qrImage: image.replace(/\s+/g, ''), qrUrl })
  }
  return {
    kind: 'unknown',
    reason: {
      code: 'AIMIS-NO-QR',
      message: '腾讯影像云说成功，却没有给出可打印的二维码图片',
      action: '影站会再试几次；若持续出现请联系平台',
      english: 'Tencent AIMIS reports success, but gave no QR code that can be printed',
      englishAction: 'Yingzhan tries a few more times; if it keeps failing, contact the platform',
    },
  }
}
