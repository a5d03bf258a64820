import { connect, type Socket } from 'node:net'
import { sealIdentity } from '../../shared/clouds/aimis/identity-cipher.ts'
import type { StatusCallbackBody } from '../../shared/clouds/aimis/internet-hospital-fields.ts'
import { aimisHeaders } from '../../shared/clouds/aimis/signature.ts'
import { aimisAccount } from '../stand-ins/clinic-at-clouds.ts'

export const account = aimisAccount

/** What the cloud says of a study. */
export function callbackBody(studyId: string, changes: Partial<StatusCallbackBody> = {}) {
  return {
    status: 1,
    phoneNum: sealIdentity('13800138000', account.token),
    idNum: sealIdentity('11010519491231002X', account.token),
    patientId: 'P26000001',
    hospitalId: 'H1',
    studyType: 0,
    studyDate: '2026-11-21 09:31:00',
    studyId,
    h5Url: `https://cloud.invalid/report/${studyId}`,
    h5DetailUrl: '',
    reportId: `R-${studyId}`,
    ...changes,
  }
}

export const signed = (at: number, credentials = account, signatureEncoding: 'hex' | 'base64' = 'hex') =>
  aimisHeaders({ ...credentials, signatureEncoding }, at) as Readonly<Record<string, string>>

/** Sends one, as the cloud does. */
export async function post(url: string, body: unknown, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  let json: { code?: number } | undefined
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  return { status: response.status, text, json }
}

/** A raw connection: what it was told until it ended, and after how long. */
export function knock(port: number, bytes: string, keepDribbling = false) {
  const began = performance.now()
  return new Promise<{ text: string; ms: number }>((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1')
    let text = ''
    const timer = keepDribbling ? setInterval(() => socket.writable && socket.write('x'), 300) : undefined
    socket.on('connect', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ text, ms: performance.now() - began })
    })
  })
}
