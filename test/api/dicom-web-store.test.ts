import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newUid } from '../../shared/text/dicom-values.ts'
import { type SmallObject, smallObject, storedDataSet } from '../archive/archive-for-tests.ts'
import { type DicomWebForTests, part10Of, startDicomWeb, tokens } from './dicom-web-for-tests.ts'

let web: DicomWebForTests
beforeAll(async () => {
  web = await startDicomWeb()
})
afterAll(() => web.stop())

const typeOfStow = 'multipart/related; type="application/dicom"; boundary=b'

function stow(bodies: readonly Buffer[], path = '/studies', contentType = typeOfStow) {
  const parts = bodies.flatMap((body) => [
    Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
    body,
    Buffer.from('\r\n'),
  ])
  return fetch(`${web.root}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokens.doctor}`,
      'content-type': contentType,
      accept: 'application/dicom+json',
    },
    body: Buffer.concat([...parts, Buffer.from('--b--\r\n')]),
  })
}

const fileOf = ({ dataSet, sopInstanceUid }: SmallObject) => part10Of(dataSet, sopInstanceUid)

describe('objects that are sent', () => {
  test('are stored byte by byte, and the answer says where', async () => {
    const objects = [smallObject(), smallObject()]
    const answer = await stow(objects.map(fileOf))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('application/dicom+json'),
    ])
    const json = await answer.json()
    expect(json['00081190'].Value).toEqual([`${web.root}/studies/2.25.100`])
    expect(json['00081198']).toBe(undefined)
    for (const [index, object] of objects.entries()) {
      const item = json['00081199'].Value[index]
      expect(item['00081155'].Value).toEqual([object.sopInstanceUid])
      expect((await web.get(item['00081190'].Value[0])).status).toBe(200)
      const { id } = web.archive.instanceByUid(object.sopInstanceUid)!
      expect((await storedDataSet(web.archive, id)).equals(object.dataSet)).toBe(true)
    }
    expect((await stow(objects.map(fileOf))).status).toBe(200)
    expect(web.archive.versionsOf(objects[0]!.sopInstanceUid)).toHaveLength(1)
  })

  test('are larger than one look at them', async () => {
    const pixels = Buffer.alloc(3_000_000, 0x2d)
    const object = smallObject([{ tag: 0x7fe00010, vr: 'OW', value: pixels }])
    expect((await stow([fileOf(object)])).status).toBe(200)
    const { id } = web.archive.instanceByUid(object.sopInstanceUid)!
    expect((await storedDataSet(web.archive, id)).equals(object.dataSet)).toBe(true)
  })

  test('that are none fail by themselves: 202 with the others, 409 alone', async () => {
    const good = smallObject()
    const mixed = await stow([Buffer.from('no DICOM at all'), fileOf(good), Buffer.alloc(200_000, 7)])
    const json = await mixed.json()
    expect(mixed.status).toBe(202)
    expect(json['00081198'].Value.map((item: object) => (item as never)['00081197'])).toEqual([
      { vr: 'US', Value: [0xc000] },
      { vr: 'US', Value: [0xc000] },
    ])
    expect(json['00081199'].Value).toHaveLength(1)
    expect((await stow([Buffer.from('no DICOM at all')])).status).toBe(409)
  })

  test('that are cut short fail with 0xC000, and nothing of them is kept', async () => {
    const [good, short] = [smallObject(), smallObject()]
    const cut = fileOf(short).subarray(0, -3)
    const mixed = await stow([cut, fileOf(good)])
    const [item] = (await mixed.json())['00081198'].Value
    expect([mixed.status, item['00081155'].Value, item['00081197'].Value]).toEqual([
      202,
      [short.sopInstanceUid],
      [0xc000],
    ])
    expect((await stow([cut])).status).toBe(409)
    expect(web.archive.versionsOf(short.sopInstanceUid)).toEqual([])
    expect(web.archive.quarantined()).toEqual([])
    expect((await stow([fileOf(short)])).status).toBe(200)
  })

  test('of another study than the address names are refused with 0xA900, and not stored', async () => {
    const object = smallObject()
    const answer = await stow([fileOf(object)], '/studies/2.25.9999')
    const [item] = (await answer.json())['00081198'].Value
    expect([answer.status, item['00081155'].Value, item['00081197'].Value]).toEqual([
      409,
      [object.sopInstanceUid],
      [0xa900],
    ])
    expect(web.archive.instanceByUid(object.sopInstanceUid)).toBe(undefined)
    expect((await stow([fileOf(object)], '/studies/2.25.100')).status).toBe(200)
  })

  test('under a SOPInstanceUID that is here with other bytes are kept beside, with a warning', async () => {
    const uid = newUid()
    await stow([fileOf(smallObject([], uid))])
    const answer = await stow([fileOf(smallObject([{ tag: 0x00081030, vr: 'LO', value: '另一份' }], uid))])
    const [item] = (await answer.json())['00081199'].Value
    expect([answer.status, item['00081196'].Value]).toEqual([202, [0xb000]])
    expect(web.archive.versionsOf(uid)).toHaveLength(2)
  })
})

describe('what cannot be read', () => {
  test('is refused in words: other types, no boundary, no part, a body that breaks off', async () => {
    const refusals: [string, number][] = [
      ['application/dicom+json', 415],
      ['multipart/related; type="application/dicom+json"; boundary=b', 415],
      ['multipart/form-data; boundary=b', 415],
      ['multipart/related; type="application/dicom"', 400],
      ['multipart/related; type="application/dicom"; boundary=another', 400],
    ]
    for (const [type, status] of refusals) {
      const answer = await stow([fileOf(smallObject())], '/studies', type)
      expect([type, answer.status]).toEqual([type, status])
      expect((await answer.json()).error.message).not.toBe('')
    }
    expect((await stow([])).status).toBe(400)
  })

  test('an endless header is answered 413 before it is over, and the next request is served', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const headers = { authorization: `Bearer ${tokens.doctor}`, 'content-type': typeOfStow }
      const outgoing = request(`${web.root}/studies`, { method: 'POST', headers, agent: false }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
        outgoing.destroy()
      })
      outgoing.on('error', reject)
      outgoing.write('--b\r\n')
      outgoing.write(Buffer.alloc(1_000_000, 0x41))
    })
    expect(status).toBe(413)
    expect((await web.get('/studies')).status).toBe(200)
  })

  test('a sender that breaks off leaves no half object', async () => {
    const object = smallObject([{ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(500_000) }])
    const before = web.archive.counts()
    const headers = { authorization: `Bearer ${tokens.doctor}`, 'content-type': typeOfStow }
    const outgoing = request(`${web.root}/studies`, { method: 'POST', headers, agent: false })
    outgoing.on('error', () => {})
    await new Promise<void>((sent) => {
      outgoing.write('--b\r\nContent-Type: application/dicom\r\n\r\n')
      outgoing.write(fileOf(object).subarray(0, 300_000), () => sent())
    })
    outgoing.destroy()
    expect((await stow([fileOf(smallObject())])).status).toBe(200)
    expect(web.archive.instanceByUid(object.sopInstanceUid)).toBe(undefined)
    expect(web.archive.counts().instances).toBe(before.instances + 1)
  })
})
