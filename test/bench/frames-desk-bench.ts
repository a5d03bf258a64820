import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { createSimulatedModality } from '../../electron/training/simulated-modality.ts'
import { startDeskBrowser } from '../e2e/desk-station.ts'
import { greyFilm } from '../e2e/viewer-images.ts'
import { adminPassword, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import type { Bench } from './bench.ts'

/** What an ultrasound's film wants. */
const goalFramesPerSecond = 30

const films = {
  'grey, 1024 × 512, 210 MB': { frames: 400, rows: 512, columns: 1024, samples: 1 },
  'colour, 640 × 480, 210 MB': { frames: 228, rows: 480, columns: 640, samples: 3 },
  'colour, 1024 × 768, 212 MB': { frames: 90, rows: 768, columns: 1024, samples: 3 },
} as const

/** Needs a built desk: `npm run build`, or STATION_DESK names the folder of one. */
export const framesDeskBench: Bench = {
  about: 'a film of 200 MB played by the viewer in a browser: frames drawn a second and frames left out (--seconds)',
  async run(flags, say) {
    const { values } = parseArgs({ args: [...flags], options: { seconds: { type: 'string', default: '8' } } })
    const station = await startStation()
    const browser = await startDeskBrowser()
    try {
      const exams = await sendFilms(station)
      const page = await browser.open()
      await page.goto(station.url)
      await page.getByLabel('用户名').fill('admin')
      await page.getByLabel('密码').fill(adminPassword)
      await page.getByRole('button', { name: '登录', exact: true }).click()
      await page.getByRole('navigation', { name: '主菜单' }).waitFor()
      for (const [name, examId] of Object.entries(exams)) {
        await page.goto(`${station.url}#/exams/${examId}`)
        await page.reload()
        await page.locator('.viewer[data-image-state=shown]').waitFor()
        await page.locator('.viewer').focus()
        await page.keyboard.press('c')
        for (const rate of [goalFramesPerSecond, 60]) {
          const told = await played(page, rate, Number(values.seconds))
          const goal = told.shown >= goalFramesPerSecond * 0.98 ? 'reaches' : 'misses'
          say(
            `${name}, asked for ${rate}/s: ${told.shown.toFixed(1)} frames/s drawn (${goal} ${goalFramesPerSecond}), ${told.dropped.toFixed(1)} left out`,
          )
        }
        await page.getByRole('button', { name: '暂停' }).click()
      }
    } finally {
      await browser.close()
      await station.stop()
    }
  },
}

async function sendFilms(station: StationForTests): Promise<Record<string, string>> {
  const { api } = station
  await api.settingsChange({ body: { dicom: { settleSeconds: 1 } } })
  await api.deviceCreate({
    body: { name: 'US1', aeTitle: 'US1', host: '127.0.0.1', modality: 'US', characterSet: 'gb18030' },
  })
  const device = createSimulatedModality({ aeTitle: 'US1', station: station.dicom })
  const exams: Record<string, string> = {}
  for (const [name, film] of Object.entries(films)) {
    const exam = await api.examRegister({
      body: {
        patient: { name: '赵敏', sex: 'F', birthDate: '1949-12-31' },
        exam: { modality: 'US', bodyPart: '心脏', itemCode: 'X1', itemName: '心脏超声' },
      },
    })
    await device.sendObjects([greyFilm({ studyInstanceUid: exam.studyInstanceUid, ...film })])
    exams[name] = exam.id
  }
  return exams
}

/** Counts after a second, when what lies ahead was loaded for the new rate. */
async function played(page: Page, rate: number, seconds: number) {
  await page.getByLabel('每秒帧数').fill(String(rate))
  await page.waitForTimeout(1000)
  const count = () =>
    page.locator('.cine-bar').evaluate((bar: HTMLElement) => ({
      at: performance.now(),
      shown: Number(bar.dataset.cineShown),
      dropped: Number(bar.dataset.cineDropped),
    }))
  const from = await count()
  await page.waitForTimeout(seconds * 1000)
  const to = await count()
  const took = (to.at - from.at) / 1000
  return { shown: (to.shown - from.shown) / took, dropped: (to.dropped - from.dropped) / took }
}
