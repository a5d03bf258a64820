import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RawObject } from '../../electron/training/simulated-modality.ts'
import type { StationClient } from '../../electron/training/station-client.ts'
import { routes } from '../../shared/api/routes.ts'
import { newUid } from '../../shared/text/dicom-values.ts'
import { drawnByDcmtk } from '../flows/pixels-for-tests.ts'
import { describeWith } from '../peers.ts'
import { type DeskBrowser, type DeskStation, startDeskBrowser, startDeskStation } from './desk-station.ts'
import { openClinic, openDeskOf, soon } from './desk-story.ts'
import {
  corpusSources,
  drawnByOthers,
  hasCorpus,
  hopelessObjects,
  madeSources,
  type PixelSource,
} from './pixel-sources.ts'
import { seenImages } from './pixel-stage.ts'
import { scanner, sendFromScanner, viewerOn } from './viewer-story.ts'

// What a doctor sees on the screen, pixel by pixel, beside what dcmtk and gdcm draw.

vi.setConfig({ testTimeout: 180_000 })
const patient = {
  name: '赵敏',
  sex: 'F',
  birthDate: '1949-12-31',
  identity: { kind: 'resident', number: '11010519491231002X' },
} as const

/** In grey levels of 256: each rounds its own way (dcmtk downwards), and decoders of lossy syntaxes differ in their transforms. */
const limits = { exact: { most: 2, mean: 0.8 }, lossy: { most: 4, mean: 0.8 } } as const

function difference(ours: Buffer, theirs: Buffer): { readonly most: number; readonly mean: number } {
  const each = theirs.length === ours.length ? 1 : 3
  let [most, sum] = [0, 0]
  for (const [at, level] of ours.entries()) {
    const by = Math.abs(level - (theirs[Math.floor(at / each)] ?? 0))
    sum += by
    if (by > most) most = by
  }
  return { most, mean: sum / ours.length }
}

describeWith(['chromium', 'cjk-font', 'dcmtk', 'gdcm'], 'the pixels on the screen', () => {
  let station: DeskStation
  let browser: DeskBrowser
  let desk: Page
  let api: StationClient
  let work: string

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'yingzhan-screen-'))
    station = await startDeskStation()
    api = await openClinic(() => station.url, {
      settings: { dicom: { settleSeconds: 1 }, reporting: { singleDoctor: true }, desk: { wizardDone: true } },
      devices: [scanner],
    })
    browser = await startDeskBrowser()
    desk = await openDeskOf(browser, station.url, 'admin')
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await station?.stop()
    rmSync(work, { recursive: true, force: true })
  })

  const { fact, press } = viewerOn(() => desk)
  const register = (itemName: string) =>
    api.call(routes.examRegister, {
      body: { patient, exam: { modality: 'CT', bodyPart: '胸部', itemCode: 'X1', itemName } },
    })

  /** Opens the exam with the viewer over the whole page; which instance is which. */
  async function open(examId: string, objects: readonly RawObject[]): Promise<ReadonlyMap<string, string>> {
    const here = new Map<string, string>()
    for (let at = 0; at < objects.length; at += 40) await sendFromScanner(station, objects.slice(at, at + 40))
    await expect
      .poll(async () => {
        const { studies } = await api.call(routes.examRead, { params: { id: examId } })
        for (const { id, sopInstanceUid } of studies.flatMap(({ instances }) => instances)) here.set(id, sopInstanceUid)
        return here.size
      }, soon)
      .toBe(objects.length)
    await desk.setViewportSize({ width: 1440, height: 900 })
    await desk.goto(`${station.url}#/exams/${examId}`)
    await desk.reload()
    await desk.locator('.viewer[data-image-state=shown], .viewer[data-image-state=failed]').waitFor()
    await desk.locator('.viewer').focus()
    await press('f')
    await expect.poll(() => desk.locator('#findings').isVisible(), soon).toBe(false)
    return here
  }

  /** Goes through the exam from its first image, those of one size at a time; what differs, and by how much at most. */
  async function compareAll(sources: readonly PixelSource[], here: ReadonlyMap<string, string>) {
    const byUid = new Map(sources.map((source) => [source.object.sopInstanceUid, source]))
    const [wrong, worst] = [[] as string[], { most: 0, mean: 0, pictures: 0 }]
    let index = 0
    while (index < Number(await fact('image-count'))) {
      const first = byUid.get(here.get((await fact('instance-id')) ?? '') ?? '')
      if (!first) throw new Error(`image ${index + 1} is of no source`)
      const { rows, columns } = first
      const rest = sources.slice(sources.indexOf(first))
      const other = rest.findIndex((source) => source.rows !== rows || source.columns !== columns)
      const group = other < 0 ? rest : rest.slice(0, other)
      const count = group.reduce((sum, { frames }) => sum + frames, 0)
      for (const { instanceId, frame, pixels } of await seenImages(desk, { rows, columns, index, count })) {
        const source = byUid.get(here.get(instanceId) ?? '')
        const isAsked = source && (frame === 0 || frame === source.frames - 1)
        if (isAsked && !pixels) wrong.push(`${source.name}: ${await desk.locator('.viewer-failed').innerText()}`)
        const theirs = isAsked && pixels && drawnByOthers(source, frame, work)
        if (!theirs) continue
        const by = difference(pixels, theirs)
        const limit = source.isLossy ? limits.lossy : limits.exact
        if (by.most > limit.most || by.mean > limit.mean)
          wrong.push(`${source.name}, frame ${frame + 1}: most ${by.most}, mean ${by.mean.toFixed(2)}`)
        worst.most = Math.max(worst.most, by.most)
        worst.mean = Math.max(worst.mean, by.mean)
        worst.pictures++
      }
      index += count
      await press('ArrowDown')
      if (other >= 0) await expect.poll(() => fact('image-index'), soon).toBe(String(index))
    }
    console.info(`on the screen: ${JSON.stringify(worst)}`)
    return { wrong, pictures: worst.pictures }
  }

  test('every kind of image, transfer syntax and way of being seen is drawn as other programs draw it', async () => {
    const exam = await register('每一种影像')
    const sources = await madeSources({ work, studyInstanceUid: exam.studyInstanceUid, seriesInstanceUid: newUid() })
    const here = await open(
      exam.id,
      sources.map(({ object }) => object),
    )
    const { wrong, pictures } = await compareAll(sources, here)
    expect(wrong).toEqual([])
    expect(pictures).toBeGreaterThanOrEqual(sources.length)

    // The window that a doctor drags is the one that is written in the corner.
    await press('Home')
    await expect.poll(() => fact('image-index'), soon).toBe('0')
    const before = await fact('window-width')
    const stage = await desk.locator('.viewer-stage').boundingBox()
    if (!stage) throw new Error('no stage')
    const middle = { x: stage.x + stage.width / 2, y: stage.y + stage.height / 2 }
    await desk.mouse.move(middle.x, middle.y)
    await desk.mouse.down()
    await desk.mouse.move(middle.x - 60, middle.y + 10, { steps: 3 })
    await desk.mouse.move(middle.x - 140, middle.y + 20, { steps: 3 })
    await desk.mouse.up()
    await expect.poll(() => fact('window-width'), soon).not.toBe(before)
    const [center, width] = [await fact('window-center'), await fact('window-width')]
    const first = sources[0]!
    const theirs = drawnByDcmtk(first.path, 1, ['+Ww', String(center), String(width)], work)
    const [seen] = await seenImages(desk, { rows: first.rows, columns: first.columns, index: 0, count: 1 })
    const by = difference(seen?.pixels ?? Buffer.alloc(0), theirs ?? Buffer.alloc(0))
    expect({ center, width, ...by, isNear: by.most <= limits.exact.most }).toMatchObject({ isNear: true })
    expect(seen?.pixels?.length).toBe(first.rows * first.columns * 3)
  })

  test('what cannot be shown says so in words and with a code, and no picture stands in its place', async () => {
    const exam = await register('不能显示的影像')
    const place = { work, studyInstanceUid: exam.studyInstanceUid, seriesInstanceUid: newUid() }
    const objects = hopelessObjects(place)
    const [good] = (await madeSources({ ...place, work: mkdtempSync(join(work, 'good-')) })).slice(0, 1)
    await open(exam.id, [good!.object, ...objects])
    await expect.poll(() => fact('image-state'), soon).toBe('shown')
    for (let index = 1; index <= objects.length; index++) {
      await press('ArrowDown')
      await expect.poll(() => fact('image-index'), soon).toBe(String(index))
      await expect.poll(() => fact('image-state'), soon).toBe('failed')
      const words = await desk.locator('.viewer-failed').innerText()
      expect(words).toContain('这幅图像无法显示')
      expect(words).toContain('PIXELS-UNREADABLE')
      expect(await desk.locator('.viewer-stage canvas').isVisible()).toBe(false)
    }
  })

  test.skipIf(!hasCorpus)(
    'the corpus (not in a fresh clone): one image of every kind looks as other programs draw it',
    async () => {
      const exam = await register('样本影像')
      const sources = await corpusSources({
        work,
        studyInstanceUid: exam.studyInstanceUid,
        seriesInstanceUid: newUid(),
      })
      const here = await open(
        exam.id,
        sources.map(({ object }) => object),
      )
      const { wrong, pictures } = await compareAll(sources, here)
      expect(wrong).toEqual([])
      expect(pictures).toBeGreaterThan(30)
    },
  )
})
