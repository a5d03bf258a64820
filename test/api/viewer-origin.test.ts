import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'

// A viewer that another program of this computer serves, as its page asks.
const viewer = 'http://localhost:3000'
const asPage = { origin: viewer, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }
let station: StationForTests
let token: string

beforeAll(async () => {
  station = await startStation({ args: ['--training'] })
  await station.api.accountCreate({
    body: { username: 'doctor', displayName: 'doctor', role: 'doctor', password: 'Password-of-doctor' },
  })
  token = await station.logIn('doctor', 'Password-of-doctor')
}, 60_000)
afterAll(() => station.stop())

const ask = (path: string, init: RequestInit = {}) =>
  fetch(new URL(path, station.url), {
    ...init,
    headers: { ...asPage, accept: 'application/dicom+json', ...(init.headers as Record<string, string>) },
  })
const name = (viewerOrigins: readonly string[]) => station.api.settingsChange({ body: { dicomWeb: { viewerOrigins } } })

describe('a viewer of another origin on this computer', () => {
  test('is refused as long as nobody named it', async () => {
    const answer = await ask('dicom-web/studies', { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('reads DICOMweb once it was named, with a token only, and nothing else', async () => {
    await name([viewer])
    const preflight = await ask('dicom-web/studies', {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(viewer)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')

    const found = await ask('dicom-web/studies', { headers: { authorization: `Bearer ${token}` } })
    expect([found.status, await found.json()]).toEqual([200, []])
    expect(found.headers.get('access-control-allow-origin')).toBe(viewer)
    expect(found.headers.get('cross-origin-resource-policy')).toBe('cross-origin')

    expect((await ask('dicom-web/studies')).status).toBe(401)
    for (const path of ['api/exams', 'dicom-webx/studies', 'api/../api/settings']) {
      const other = await ask(path, { headers: { authorization: `Bearer ${token}` } })
      expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null])
    }
  })

  test('of a name that only begins alike stays outside', async () => {
    await name([viewer])
    const answer = await ask('dicom-web/studies', {
      headers: { origin: `${viewer}.evil.example`, authorization: `Bearer ${token}` },
    })
    expect(answer.status).toBe(403)
  })

  test('must be on this computer: another origin cannot be named', async () => {
    for (const origin of [
      'https://evil.example',
      'http://localhost.evil.example',
      'null',
      '*',
      'http://localhost:3000/path',
    ])
      await expect(name([origin])).rejects.toThrow()
  })
})
