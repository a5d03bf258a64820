import { createHmac } from 'node:crypto'

export type AimisCredentials = {
  readonly appId: string
  readonly token: string
  readonly signatureEncoding: 'hex' | 'base64'
}

/**
 * signature = HMAC-SHA256(token, appId + timestamp), documents 2023 and 2025, 鉴权方式. Key: the token as UTF-8; message: appId, then
 * the decimal milliseconds. The documents don't say how the 32 bytes are written: lower-case hex, or Base64 by setting.
 */
export function signAimis(credentials: AimisCredentials, timestamp: string): string {
  return createHmac('sha256', credentials.token)
    .update(credentials.appId + timestamp)
    .digest(credentials.signatureEncoding)
}

/** The three headers of every call. A fresh `now` (epoch milliseconds) for every attempt: a stale one is refused with 90002. */
export function aimisHeaders(credentials: AimisCredentials, now: number): Readonly<Record<string, string>> {
  const timestamp = String(now)
  return { appId: credentials.appId, timestamp, signature: signAimis(credentials, timestamp) }
}
