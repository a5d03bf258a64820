import dicomParser from 'dicom-parser'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPacsDelivery } from '../../electron/station/uploads/deliver-to-pacs.ts'
import type { DestinationOf } from '../../electron/station/uploads/delivery.ts'
import { pacsSettingsSchema } from '../../shared/models/destination.ts'
import type { InstanceFacts } from '../../shared/models/study.ts'
import { describeWith } from '../peers.ts'
import { type Orthanc, orthancUser, startOrthanc } from '../stand-ins/orthanc.ts'
import { completeDossier, createBench, deliveredBefore, taskOf } from './delivery-bench.ts'
import type { Syntax } from './synthetic-data-set.ts'

describeWith(['orthanc'], 'a real PACS', () => {
  let orthanc: Orthanc
  let bench: ReturnType<typeof createBench>
  beforeAll(async () => {
    orthanc = await startOrthanc()
  }, 60_000)
  afterAll(() => orthanc?.stop())
  beforeEach(() => {
    bench = createBench()
  })
  afterEach(() => bench.stop())

  const ways = {
    'C-STORE': () => ({ dicom: orthanc.dicom }),
    'STOW-RS': () => ({ dicomWebUrl: orthanc.dicomWebUrl, ...orthancUser }),
  } as const
  const destination = (settings: object): DestinationOf<'pacs'> => ({
    kind: 'pacs',
    id: 'destination-1',
    name: 'Orthanc',
    enabled: true,
    paused: undefined,
    settings: pacsSettingsSchema.parse(settings),
  })
  let number = 0
  const image = (syntax: Syntax): InstanceFacts => bench.image(++number, syntax)

  async function send(settings: object, instances: readonly InstanceFacts[]) {
    const tasks = instances.map((instance) => taskOf('image', instance.id))
    const dossier = { ...completeDossier, instances }
    const outcomes = await createPacsDelivery(bench.deps).deliverImages(tasks, dossier, destination(settings))
    return tasks.map((task) => outcomes.get(task.id))
  }
  /** What Orthanc holds of these, by SOPInstanceUID. */
  async function heldBy(instances: readonly InstanceFacts[]) {
    const sets = (await orthanc.files()).map((bytes) => dicomParser.parseDicom(bytes))
    return instances.map((instance) => sets.find((set) => set.string('x00080018') === instance.sopInstanceUid))
  }
  const pixelsOf = (set: dicomParser.DataSet | undefined) => {
    const element = set?.elements.x7fe00010
    if (!set || !element) return ''
    const bytes = element.fragments
      ? Buffer.concat(
          element.fragments.map((one) => Buffer.from(set.byteArray.subarray(one.position, one.position + one.length))),
        )
      : Buffer.from(set.byteArray.subarray(element.dataOffset, element.dataOffset + element.length))
    return bytes.toString('hex')
  }
  const native = '000102030405060708090a0b0c0d0e0f'

  for (const [name, way] of Object.entries(ways)) {
    test(`${name}: it holds the images under the registered patient, their pixels as they were`, async () => {
      const instances = [image('explicit'), image('implicit'), image('jpeg')]
      const outcomes = await send(way(), instances)
      expect(outcomes.map((one) => one?.kind)).toEqual(['done', 'done', 'done'])
      const held = await heldBy(instances)
      for (const set of held) {
        expect(set?.string('x00080050')).toBe('DX2603050001')
        expect(set?.string('x00100020')).toBe('P26000001')
        expect(set?.string('x0020000d')).toBe('1.2.3.4.5')
      }
      expect(held.map(pixelsOf)).toEqual([native, native, 'ffd80102ffd9'])
      expect(held.map((set) => set?.string('x00020010'))).toEqual([
        '1.2.840.10008.1.2.1',
        '1.2.840.10008.1.2',
        '1.2.840.10008.1.2.4.70',
      ])
    })

    test(`${name}: the same again is the same object, not another one`, async () => {
      const instances = Array.from({ length: 20 }, () => image('explicit'))
      expect((await send(way(), instances)).every((one) => one?.kind === 'done')).toBe(true)
      const count = await orthanc.count()
      expect((await send(way(), instances)).every((one) => one?.kind === 'done')).toBe(true)
      expect(await orthanc.count()).toBe(count)
    })

    test(`${name}: the connection test says yes`, async () => {
      expect(await createPacsDelivery(bench.deps).test(destination(way()))).toMatchObject({ ok: true })
    })
  }

  test('a wrong password, a wrong address and a wrong AE title each pause the destination with words', async () => {
    const instances = [image('explicit')]
    for (const [settings, code] of [
      [{ dicomWebUrl: orthanc.dicomWebUrl }, 'STOW-HTTP-401'],
      [{ dicomWebUrl: orthanc.dicomWebUrl, username: 'clinic', password: 'no' }, 'STOW-HTTP-401'],
      [{ dicomWebUrl: `${orthanc.url}/nothing`, ...orthancUser }, 'STOW-HTTP-404'],
      [{ dicom: { ...orthanc.dicom, aeTitle: 'OTHER' } }, 'DICOM-RJ-1-1-7'],
    ] as const) {
      expect(await send(settings, instances)).toMatchObject([{ kind: 'fix-settings', reason: { code } }])
      expect(await createPacsDelivery(bench.deps).test(destination(settings))).toMatchObject({ ok: false })
    }
    expect(JSON.stringify([bench.audit, bench.logged])).not.toContain(orthancUser.password)
  })

  test('one that keeps what it has says success to a correction, so a person is asked to look', async () => {
    const keeping = await startOrthanc({ overwrites: false })
    const instances = [image('explicit')]
    const task = taskOf('image', instances[0]?.id)
    const dossier = { ...completeDossier, instances }
    const corrected = deliveredBefore(
      { ...dossier, patient: { ...dossier.patient, patientId: 'P-NEW' } },
      'image',
      { sha256: 'of the earlier copy' },
      task.subject,
    )
    const delivery = createPacsDelivery(bench.deps)
    for (const settings of [{ dicom: keeping.dicom }, { dicomWebUrl: keeping.dicomWebUrl, ...orthancUser }]) {
      const first = await delivery.deliver(task, dossier, destination(settings))
      expect(first.kind === 'done' && first.note).toBeUndefined()
      const again = await delivery.deliver(task, corrected, destination(settings))
      expect(again).toMatchObject({ kind: 'done', note: { chinese: expect.stringContaining('请在对方系统中核对') } })
    }
    const [held] = (await keeping.files()).map((bytes) => dicomParser.parseDicom(bytes))
    expect(held?.string('x00100020')).toBe('P26000001')
    await keeping.stop()
  })

  test('one broken file among good ones is refused alone', async () => {
    const instances = [image('explicit'), image('explicit'), image('explicit')]
    bench.rot(instances[1]!.id)
    const outcomes = await send(ways['STOW-RS'](), instances)
    expect(outcomes.map((one) => one?.kind)).toEqual(['done', 'fix-exam', 'done'])
  })
})
