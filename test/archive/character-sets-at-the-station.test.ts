import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { part10Beginning } from '../../electron/station/archive/part10.ts'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { encodeDataSet } from '../../shared/dicom/data-set-writer.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { registration } from '../api/fixtures.ts'
import { errorOf, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { ctImageStorage, explicitLittle } from './archive-for-tests.ts'

let station: StationForTests
beforeAll(async () => {
  station = await startStation()
})
afterAll(() => station.stop())

/** Waits for what the station does by itself; the test's own time limit ends it. */
async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await ask()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A DR that says UTF-8 and writes GB18030, as devices in clinics do. */
function objectsOf(aeTitle: string, study: string, accessionNumber: string, name: string, count: number) {
  return Array.from({ length: count }, () => {
    const sopInstanceUid = newUid()
    const dataSet = encodeDataSet(
      [
        { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' },
        { tag: 0x00080016, vr: 'UI', value: ctImageStorage },
        { tag: 0x00080018, vr: 'UI', value: sopInstanceUid },
        { tag: 0x00080050, vr: 'SH', value: accessionNumber },
        { tag: 0x00080060, vr: 'CS', value: 'DX' },
        { tag: 0x00081030, vr: 'LO', value: '胸部正位' },
        { tag: 0x00100010, vr: 'PN', value: name },
        { tag: 0x0020000d, vr: 'UI', value: study },
        { tag: 0x0020000e, vr: 'UI', value: `${study}.1` },
      ],
      { explicitVr: true, text: 'gb18030' },
    )
    return {
      callingAeTitle: aeTitle,
      sopClassUid: ctImageStorage,
      sopInstanceUid,
      transferSyntaxUid: explicitLittle,
      dataSet,
    }
  })
}

async function send(aeTitle: string, study: string, accessionNumber: string, name = '张^伟', count = 3): Promise<void> {
  const objects = objectsOf(aeTitle, study, accessionNumber, name, count)
  const sent = await createSimulatedModality({ aeTitle, station: station.dicom }).sendObjects(objects)
  expect(sent.map(({ status }) => status)).toEqual(Array(count).fill(0))
}

describe('a device that writes another character set than it declares', { timeout: 60_000 }, () => {
  test('is proposed, accepted with one click; the desk reads its names and its study finds the exam', async () => {
    const device = await station.api.deviceCreate({ body: { name: 'DR', aeTitle: 'DR1' } })
    const exam = await station.api.examRegister({ body: registration() })
    await send('DR1', '2.25.31', exam.accessionNumber)
    await send('DR1', '2.25.32', '', '李^娜')
    const before = await station.api.trayList()
    expect(before.map(({ header }) => header.studyInstanceUid).sort()).toEqual(['2.25.31', '2.25.32'])
    for (const { header } of before) expect(header.patientName).toContain('\ufffd')

    const [proposal] = await station.api.characterSetProposals()
    expect(proposal).toMatchObject({
      callingAeTitle: 'DR1',
      deviceId: device.id,
      declared: 'ISO_IR 192',
      readAs: 'gb18030',
      images: 6,
    })
    expect(proposal!.samples.map((sample) => sample.asProposed)).toEqual(expect.arrayContaining(['张^伟', '李^娜']))

    const accepted = await station.api.characterSetAccept({ params: { aeTitle: 'DR1' }, body: { readAs: 'gb18030' } })
    expect(accepted).toEqual({ ...device, readAs: 'gb18030' })
    const after = await until(async () => {
      const tray = await station.api.trayList()
      return tray.length === 1 && tray[0]!.header.patientName === '李^娜' && tray
    })
    expect(after[0]!.header).toMatchObject({ studyInstanceUid: '2.25.32', studyDescription: '胸部正位' })
    expect(await station.api.characterSetProposals()).toEqual([])
    const page = await station.api.examRead({ params: { id: exam.id } })
    expect(JSON.stringify(page)).toContain('2.25.31')
    const headers = { authorization: `Bearer ${station.token}`, accept: 'application/dicom+json' }
    const metadata = await station.send('GET', '/dicom-web/studies/2.25.31/metadata', { headers })
    expect(metadata.json).toHaveLength(3)
    for (const object of metadata.json) expect(object['00081030'].Value).toEqual(['胸部正位'])
    const actions = (await station.api.auditList()).map((row) => row.action)
    expect(actions).toEqual(expect.arrayContaining(['save-device', 'accept-character-set', 'attach-study']))

    await send('DR1', '2.25.33', '', '王^芳')
    const tray = await station.api.trayList()
    expect(tray.map(({ header }) => header.patientName)).toContain('王^芳')
  })

  test('is left as it declares when staff say so, and is not asked about again', async () => {
    await station.api.deviceCreate({ body: { name: 'US', aeTitle: 'US1' } })
    await send('US1', '2.25.41', '')
    expect(await station.api.characterSetProposals()).toHaveLength(1)
    await station.api.characterSetDismiss({ params: { aeTitle: 'US1' } })
    await send('US1', '2.25.42', '')
    expect(await station.api.characterSetProposals()).toEqual([])
  })

  test('can be set in the list of devices too, both ways', async () => {
    const device = await station.api.deviceCreate({ body: { name: 'CT', aeTitle: 'CT9' } })
    await send('CT9', '2.25.51', '', '周^杰')
    const nameIs = async (holds: (name: string) => boolean) =>
      until(async () => {
        const found = (await station.api.trayList()).find(({ header }) => header.studyInstanceUid === '2.25.51')
        return found && holds(found.header.patientName)
      })
    await station.api.deviceChange({ params: { id: device.id }, body: { ...device, readAs: 'gb18030' } })
    await nameIs((name) => name === '周^杰')
    expect(await station.api.characterSetProposals()).toEqual([])
    await station.api.deviceChange({ params: { id: device.id }, body: { ...device, readAs: 'declared' } })
    await nameIs((name) => name.includes('\ufffd'))
    expect(await station.api.characterSetProposals()).toHaveLength(1)
  })

  test('brought as files is set for all files that people bring, and lets nobody in from outside', async () => {
    const exam = await station.api.examRegister({ body: registration('钱进') })
    const [object] = objectsOf('DR1', '2.25.61', exam.accessionNumber, '钱^进', 1)
    const file = Buffer.concat([part10Beginning(object!), object!.dataSet])
    const boundary = 'a-boundary'
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.dcm"\r\n\r\n`
    const body = Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)])
    const headers = {
      authorization: `Bearer ${station.token}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(body.length),
    }
    await station.send('POST', `/api/exams/${exam.id}/attachments`, { headers, body })
    const proposed = async () =>
      (await station.api.characterSetProposals()).find((one) => one.callingAeTitle === 'import')
    expect(await proposed()).toMatchObject({ callingAeTitle: 'import', deviceId: null, readAs: 'gb18030', images: 1 })
    const made = await station.api.characterSetAccept({ params: { aeTitle: 'import' }, body: { readAs: 'gb18030' } })
    expect(made).toMatchObject({ aeTitle: 'import', host: '127.0.0.1', readAs: 'gb18030' })
    expect(await proposed()).toBeUndefined()
  })

  test('that nobody knows is not made, and nothing is dismissed for it', async () => {
    const params = { aeTitle: 'NOBODY' }
    const accept = await station.call('characterSetAccept', { params, body: { readAs: 'gb18030' } })
    expect([accept.status, errorOf(accept).code]).toEqual([404, 'NOT-FOUND'])
    const dismiss = await station.call('characterSetDismiss', { params })
    expect([dismiss.status, errorOf(dismiss).code]).toEqual([404, 'NOT-FOUND'])
    expect((await station.api.deviceList()).map((device) => device.aeTitle)).not.toContain('NOBODY')
  })
})
