import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallObject } from '../archive/archive-for-tests.ts'
import { type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { part10Of } from './dicom-web-for-tests.ts'

let station: StationForTests
beforeAll(async () => {
  station = await startStation()
}, 60_000)
afterAll(() => station.stop())

test('the station itself stores, finds, gives and draws with the token of its API, and describes these routes', async () => {
  const object = smallObject()
  const headers = { authorization: `Bearer ${station.token}` }
  const body = Buffer.concat([
    Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
    part10Of(object.dataSet, object.sopInstanceUid),
    Buffer.from('\r\n--b--'),
  ])
  const type = { 'content-type': 'multipart/related; type="application/dicom"; boundary=b' }
  const stored = await station.send('POST', '/dicom-web/studies', { headers: { ...headers, ...type }, body })
  expect([stored.status, stored.json['00081199'].Value.length]).toEqual([200, 1])

  const found = await station.send('GET', '/dicom-web/studies?PatientName=zhang*&limit=10', { headers })
  expect(found.json[0]['00100010'].Value).toEqual([{ Alphabetic: 'ZHANG^SAN', Ideographic: '张^三' }])
  const [instance] = (await station.send('GET', '/dicom-web/studies/2.25.100/instances', { headers })).json
  const { pathname } = new URL(instance['00081190'].Value[0])
  const frames = await station.send('GET', `${pathname}/frames/1`, {
    headers: { ...headers, accept: 'application/octet-stream' },
  })
  expect([frames.status, frames.bytes.length]).toEqual([200, 32])
  const drawn = await station.send('GET', `${pathname}/rendered`, { headers })
  expect([drawn.status, drawn.headers['content-type'], drawn.bytes[0]]).toEqual([200, 'image/jpeg', 0xff])

  expect((await station.send('GET', '/dicom-web/studies')).status).toBe(401)
  const described = await station.send('GET', '/api/openapi.json')
  expect(Object.keys(described.json.paths['/dicom-web/studies'])).toEqual(['get', 'post'])
})
