import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type DemoClouds, startDemoClouds } from '../../electron/training/demo-clouds.ts'
import { residentNumber } from '../db/rooms-for-tests.ts'
import { describeWith } from '../peers.ts'
import { adminPassword, type StationForTests, startStation } from '../stand-ins/station-for-tests.ts'
import { readerTypes } from './card-reader.ts'
import { type DeskBrowser, startDeskBrowser } from './desk-station.ts'

vi.setConfig({ testTimeout: 90_000 })

describeWith(['chromium', 'cjk-font'], 'what other institutions know of who was just registered', () => {
  let station: StationForTests
  let browser: DeskBrowser
  let clouds: DemoClouds
  let desk: Page

  beforeAll(async () => {
    clouds = await startDemoClouds()
    station = await startStation()
    const jilin = clouds.destinations.find(({ kind }) => kind === 'jilin')
    if (jilin?.kind !== 'jilin') throw new Error('one of the clouds is the province')
    await station.api.destinationCreate({ body: jilin })
    browser = await startDeskBrowser()
    desk = await browser.open()
    await desk.goto(station.url)
    await desk.getByLabel('用户名').fill('admin')
    await desk.getByLabel('密码').fill(adminPassword)
    await desk.getByRole('button', { name: '登录', exact: true }).click()
    await desk.getByRole('heading', { name: '今日检查' }).waitFor({ timeout: 60_000 })
  }, 150_000)
  afterAll(async () => {
    await browser?.close()
    await station?.stop()
    await clouds?.stop()
  })

  test('the one cause for which nothing can be asked is told once, with its code', async () => {
    await desk.goto(`${station.url}#/register`)
    await desk.getByLabel('证件号码', { exact: true }).waitFor()
    await readerTypes(desk, `何查询\t男\t汉\t19660606\t长春市\t${residentNumber('1966-06-06', 'M')}\n`)
    const item = desk.getByLabel('检查项目', { exact: true })
    await expect.poll(() => item.evaluate((one) => one === document.activeElement), { timeout: 20_000 }).toBe(true)
    for (const key of ['1', 'Enter', 'Enter']) await desk.keyboard.press(key, { delay: 90 })
    await desk.locator('[data-accession-number]').waitFor({ timeout: 30_000 })
    const panel = desk.locator('.registered-lookup [data-prior-state=answered]')
    await panel.waitFor({ timeout: 30_000 })
    await panel.getByText('LOOKUP-FAILED').first().waitFor({ timeout: 30_000 })
    expect(await panel.locator('.ant-alert').count()).toBe(1)
  })
})
