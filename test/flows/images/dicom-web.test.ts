import { afterAll, beforeAll, expect, test } from 'vitest'
import { part10Beginning } from '../../../electron/station/archive/part10.ts'
import { type ImageClinic, openImageClinic } from '../../stand-ins/image-clinic.ts'

// The questions that OHIF and Weasis ask, in their order, of the running program.
let clinic: ImageClinic
let study: Awaited<ReturnType<ImageClinic['send']>>
beforeAll(async () => {
  clinic = await openImageClinic()
  const exam = await clinic.register()
  const patient = { name: '张伟', patientId: exam.patientId, sex: 'M', birthDate: '1990-03-07' }
  study = await clinic.send({ patient, accessionNumber: exam.accessionNumber, instances: 2, modality: 'CT' })
}, 60_000)
afterAll(() => clinic.close())

const ask = (path: string, accept: string, more: Record<string, string> = {}) =>
  clinic.station().send('GET', `/dicom-web${path}`, {
    headers: { authorization: `Bearer ${clinic.token('doctor')}`, ...(accept && { accept }), ...more },
  })
const json = 'application/dicom+json'
const firstOf = (item: Record<string, { Value?: unknown[] }>, tag: string) => item[tag]?.Value?.[0]
/** The bodies of a multipart/related answer. */
function parts(answer: { bytes: Buffer; headers: object }): Buffer[] {
  const type = String((answer.headers as Record<string, string>)['content-type'])
  const edge = Buffer.from(`--${/boundary="?([^";]+)/.exec(type)![1]}`)
  const found: Buffer[] = []
  for (let at = answer.bytes.indexOf(edge); ; ) {
    const next = answer.bytes.indexOf(edge, at + edge.length)
    if (next < 0) return found
    found.push(answer.bytes.subarray(answer.bytes.indexOf('\r\n\r\n', at) + 4, next - 2))
    at = next
  }
}

test('OHIF: studies, series, metadata, frames, and the pixels are those that were sent', async () => {
  const { studyInstanceUid: uid, objects } = study
  const found = await ask(
    `/studies?StudyInstanceUID=${uid}&includefield=all&limit=101&offset=0&fuzzymatching=false`,
    json,
  )
  expect(found.json).toHaveLength(1)
  expect(JSON.stringify(found.json[0]['00100010'])).toContain('张')
  const byName = await ask(`/studies?PatientName=${encodeURIComponent('*张*')}&limit=25`, json)
  expect(byName.json.map((one: never) => firstOf(one, '0020000D'))).toContain(uid)
  const series = await ask(`/studies/${uid}/series?includefield=0008103E`, json)
  const seriesUid = firstOf(series.json[0], '0020000E')
  const metadata = await ask(`/studies/${uid}/series/${seriesUid}/metadata`, json)
  expect(metadata.json).toHaveLength(2)
  for (const object of objects) {
    const base = `/studies/${uid}/series/${seriesUid}/instances/${object.sopInstanceUid}`
    const frame = await ask(`${base}/frames/1`, 'multipart/related; type=application/octet-stream; transfer-syntax=*')
    expect(frame.status, frame.text.slice(0, 200)).toBe(200)
    const [pixels] = parts(frame)
    expect(object.dataSet.subarray(-pixels!.length).equals(pixels!)).toBe(true)
    const whole = await ask(base, 'multipart/related; type="application/dicom"; transfer-syntax=*')
    const [file] = parts(whole)
    expect(file!.subarray(-object.dataSet.length).equals(object.dataSet)).toBe(true)
    const rendered = await ask(`${base}/rendered`, 'image/jpeg')
    expect(rendered.bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    const thumbnail = await ask(`${base}/thumbnail`, 'image/jpeg, image/png')
    expect(thumbnail.status).toBe(200)
    expect((await ask(`${base}/rendered?window=40,400,linear&viewport=128,128`, 'image/png')).status).toBe(200)
    expect((await ask(`${base}/frames/2`, 'multipart/related; type=application/octet-stream')).status).toBe(404)
    expect((await ask(`${base}/frames/0`, 'multipart/related; type=application/octet-stream')).status).toBe(400)
  }
})
test('Weasis: studies of a patient in the station’s own words, whole study as files', async () => {
  const found = await ask(`/studies?PatientID=${encodeURIComponent('nobody')}`, json)
  expect([200, 204]).toContain(found.status)
  expect(found.json ?? []).toEqual([])
  const whole = await ask(
    `/studies/${study.studyInstanceUid}`,
    'multipart/related;type="application/dicom";transfer-syntax=1.2.840.10008.1.2.1',
  )
  expect(parts(whole)).toHaveLength(2)
  const range = await ask('/studies?StudyDate=20000101-20991231&ModalitiesInStudy=CT', json)
  expect(range.json).toHaveLength(1)
  for (const bad of ['/studies?StudyDate=yesterday', '/studies?limit=-1', '/studies?NoSuchTag=1'])
    expect((await ask(bad, json)).status, bad).toBeLessThan(500)
})
test('what is not there, who is nobody, and what cannot be made', async () => {
  const { studyInstanceUid: uid } = study
  for (const path of [
    '/studies/1.2.3',
    '/studies/1.2.3/metadata',
    `/studies/${uid}/series/1.2.3/metadata`,
    `/studies/${uid}/series/1.2.3/instances/4.5.6/rendered`,
  ])
    expect((await ask(path, '')).status, path).toBe(404)
  for (const [method, path] of [
    ['GET', '/studies'],
    ['GET', `/studies/${uid}`],
    ['POST', '/studies'],
  ] as const)
    expect((await clinic.station().send(method, `/dicom-web${path}`)).status, path).toBe(401)
  expect((await ask(`/studies/${uid}`, 'text/html')).status).toBe(406)
  expect(
    (
      await ask(
        `/studies/${uid}`,
        'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.70',
      )
    ).status,
  ).toBe(406)
  expect((await ask(`/studies/${uid}/metadata`, 'image/png')).status).toBe(406)
})
test('three objects are stored, one of them broken: two are kept bit by bit, the third is named', async () => {
  const taken = clinic.device().takeImages({ instances: 3, modality: 'CT' })
  const whole = taken.objects.map((one) =>
    Buffer.concat([part10Beginning({ callingAeTitle: 'X', ...one }), one.dataSet]),
  )
  const files = [whole[0]!, Buffer.from('This is no DICOM file.'), whole[2]!]
  const body = Buffer.concat([
    ...files.flatMap((file) => [
      Buffer.from('--e\r\nContent-Type: application/dicom\r\n\r\n'),
      file,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--e--\r\n'),
  ])
  const store = (role: 'technician' | 'doctor' | 'auditor') =>
    clinic.station().send('POST', '/dicom-web/studies', {
      headers: {
        authorization: `Bearer ${clinic.token(role)}`,
        accept: json,
        'content-type': 'multipart/related; type="application/dicom"; boundary=e',
      },
      body,
    })
  const answer = await store('technician')
  expect(answer.status, answer.text).toBe(202)
  expect(answer.json['00081199'].Value).toHaveLength(2)
  const inFailed = JSON.stringify(answer.json['00081198'] ?? answer.json['0008119A'])
  expect(inFailed).toContain('00081197')
  const again = await store('technician')
  expect(again.status).toBe(202)
  const found = await ask(`/studies/${taken.studyInstanceUid}/instances`, json)
  expect(found.json).toHaveLength(2)
  for (const at of [0, 2]) {
    const { sopInstanceUid, dataSet } = taken.objects[at]!
    const seriesUid = firstOf(found.json[0], '0020000E')
    const got = await ask(
      `/studies/${taken.studyInstanceUid}/series/${seriesUid}/instances/${sopInstanceUid}`,
      'multipart/related; type="application/dicom"; transfer-syntax=*',
    )
    expect(parts(got)[0]!.subarray(-dataSet.length).equals(dataSet)).toBe(true)
  }
  expect(await clinic.whereIs(taken.studyInstanceUid)).toBe('tray')
})
