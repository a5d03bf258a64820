import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createKeyImages, type KeyImages, type KeyImagesDeps } from '../../electron/station/reports/key-images.ts'
import type { Exam } from '../../shared/models/exam.ts'
import type { InstanceFacts } from '../../shared/models/study.ts'
import { type KeyImage, keyImageSchema } from '../../shared/models/writing.ts'
import { account, codeOf, expectOk, openRooms, type Rooms } from '../db/rooms-for-tests.ts'

const wang = account('wang', 'doctor')

let rooms: Rooms
let exam: Exam
let drawings: string[]
let keyImages: KeyImages
/** Images that were moved to another exam. */
let moved: Set<string>
beforeEach(async () => {
  rooms = await openRooms()
  exam = rooms.imaged(3)
  drawings = []
  moved = new Set()
  keyImages = build()
})
afterEach(() => rooms.close())

function build(more: Partial<KeyImagesDeps> = {}): KeyImages {
  return createKeyImages({
    ...rooms,
    reportOf: rooms.reports.newest,
    mayWriteNow: rooms.reports.locks.mayWrite,
    instancesOf: (id) => instancesOf(id).filter((one) => !moved.has(one.id)),
    draw: {
      async ofFrame(id, frame, { windowCenter }) {
        drawings.push(`${id} ${frame}`)
        return { kind: 'paper', jpeg: Buffer.from(`${id} ${frame} ${windowCenter}`), width: 600, height: 400 }
      },
      async ofJpeg(jpeg) {
        if (!jpeg.toString().startsWith('jpeg')) return { kind: 'cannot', reason: 'no JPEG' }
        return { kind: 'paper', jpeg, width: 300, height: 200 }
      },
    },
    ...more,
  })
}

const instancesOf = (examId: string): readonly InstanceFacts[] => rooms.readDossier(examId)?.instances ?? []
const key = (index: number, more: Partial<KeyImage> = {}): KeyImage =>
  keyImageSchema.parse({ instanceId: instancesOf(exam.id)[index]!.id, frame: 1, ...more })
const papers = (version?: number) =>
  keyImages.picturesOf(exam.id, version).map((one) => Buffer.from(one.jpeg).toString().split(' ').slice(1).join(' '))

describe('the key images of a report', () => {
  test('keep their order, their window and what the doctor’s screen showed', async () => {
    const images = [
      key(2, { caption: '左肺结节', windowCenter: -600, windowWidth: 1500 }),
      key(0, { picture: Buffer.from('jpeg!').toString('base64') }),
    ]
    expect(expectOk(await keyImages.save(exam, images, wang))).toEqual(images)
    expect(keyImages.list(exam.id)).toEqual(images)
    expect(keyImages.picturesOf(exam.id).map(({ caption, width, height }) => ({ caption, width, height }))).toEqual([
      { caption: '左肺结节', width: 600, height: 400 },
      { caption: '', width: 300, height: 200 },
    ])
    expect(rooms.audit.about('exam', exam.id)[0]).toMatchObject({
      actor: 'wang',
      action: 'save-key-images',
      details: { version: 1, images: [{ frame: 1 }, { frame: 1 }] },
    })
    expect(rooms.told.at(-1)).toEqual({ topic: 'reports', id: exam.id })
  })

  test('are drawn once, and again only when the picture itself is another', async () => {
    await keyImages.save(exam, [key(0), key(1)], wang)
    await keyImages.save(exam, [key(1, { caption: '右' }), key(0)], wang)
    expect(drawings).toHaveLength(2)
    await keyImages.save(exam, [key(1, { windowCenter: 40, windowWidth: 400 })], wang)
    expect(drawings).toHaveLength(3)
    expect(papers()).toEqual(['0 40'])
  })

  test('are refused by number when they are another exam’s, have no such frame or no usable picture', async () => {
    const other = rooms.imaged(1)
    const why = async (images: KeyImage[]) => {
      const outcome = await keyImages.save(exam, images, wang)
      return outcome.ok ? 'ok' : `${outcome.problem.with?.number} ${outcome.problem.with?.why}`
    }
    expect(await why([key(0), { ...key(0), instanceId: instancesOf(other.id)[0]!.id }])).toBe('2 它不是本检查的影像')
    expect(await why([key(0, { frame: 2 })])).toBe('1 该影像没有第 2 帧')
    expect(await why([key(0, { picture: Buffer.from('<svg>').toString('base64') })])).toBe('1 图片不是完好的 JPEG')
    expect(keyImages.list(exam.id)).toEqual([])
    const undrawable = build({
      draw: {
        ofFrame: async () => ({ kind: 'cannot', reason: 'no pixels' }),
        ofJpeg: async () => ({ kind: 'cannot', reason: '' }),
      },
    })
    expect(codeOf(await undrawable.save(exam, [key(0)], wang))).toBe('KEY-IMAGE')
  })

  test('of a released report never change; an amendment begins with them and has its own', async () => {
    await keyImages.save(exam, [key(0), key(1)], wang)
    rooms.release(exam)
    const released = keyImages.picturesOf(exam.id, 1)
    expect(codeOf(await keyImages.save(exam, [], wang))).toBe('REPORT-STEP')
    expectOk(rooms.reports.take('amend', exam, 3, wang, '补充'))
    expect(keyImages.picturesOf(exam.id, 2)).toEqual(released)
    expectOk(await keyImages.save(exam, [], wang))
    expect(keyImages.list(exam.id)).toEqual([])
    expect(keyImages.picturesOf(exam.id, 1)).toEqual(released)
  })

  test('wait with the text while a report is audited, and are nobody’s of a cancelled exam', async () => {
    expectOk(rooms.reports.save(exam, { ...text, findings: '双肺' }, wang))
    expectOk(rooms.reports.take('submit', exam, 3, wang))
    expect(codeOf(await keyImages.save(exam, [key(0)], wang))).toBe('REPORT-STEP')
    const cancelled = { ...exam, cancelled: { at: 1, by: 'wang', reason: '重复' } } as unknown as Exam
    expect(codeOf(await keyImages.save(cancelled, [], wang))).toBe('EXAM-CANCELLED')
  })

  test('are not chosen by one while another writes the report', async () => {
    const zhao = account('zhao', 'doctor')
    rooms.reports.locks.take(exam.id, zhao, false)
    expect((await keyImages.save(exam, [key(0)], wang)).ok).toBe(false)
    expect((await keyImages.save(exam, [key(0)], zhao)).ok).toBe(true)
  })

  test('of an image that went to another exam are left out, and are not released', async () => {
    await keyImages.save(exam, [key(0), key(1)], wang)
    moved.add(key(0).instanceId)
    expect(keyImages.list(exam.id)).toHaveLength(1)
    rooms.release(exam)
    keyImages.keepReleased(exam.id)
    moved.clear()
    expect(keyImages.list(exam.id).map((one) => one.instanceId)).toEqual([key(1).instanceId])
    moved.add(key(1).instanceId)
    expect(keyImages.picturesOf(exam.id, 1)).toHaveLength(1)
  })

  test('are not saved when the report went on while they were drawn', async () => {
    expectOk(rooms.reports.save(exam, { ...text, findings: '双肺' }, wang))
    const slow = build({
      draw: {
        async ofFrame() {
          expectOk(rooms.reports.take('submit', exam, 3, wang))
          return { kind: 'paper', jpeg: Buffer.from('x'), width: 1, height: 1 }
        },
        ofJpeg: async () => ({ kind: 'cannot', reason: '' }),
      },
    })
    expect(codeOf(await slow.save(exam, [key(0)], wang))).toBe('REPORT-STEP')
    expect(slow.list(exam.id)).toEqual([])
  })
})

const text = { findings: '', impression: '', positive: 'negative', critical: false, infectious: false } as const
