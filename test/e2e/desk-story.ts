import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { logInToStation, type StationClient } from '../../electron/training/station-client.ts'
import type { BodyInputOf } from '../../shared/api/route.ts'
import type { Routes } from '../../shared/api/routes.ts'
import { routes } from '../../shared/api/routes.ts'
import type { DeskBrowser } from './desk-station.ts'

// How the stories open: a clinic with its people and devices, a person who logs in by hand, and how a page's parts are called.

export const storyPassword = 'jianchuan-2026'

/** A busy computer needs longer than vitest's second. */
export const soon = { timeout: 20_000 } as const

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'screenshots')

type Role = BodyInputOf<Routes['accountCreate']>['role']
export type Furnishing = {
  readonly institutionName?: string
  /** Username, name, role, code. All have the same password. */
  readonly people?: readonly (readonly [string, string, Role, string])[]
  readonly devices?: readonly BodyInputOf<Routes['deviceCreate']>[]
  readonly settings?: BodyInputOf<Routes['settingsChange']>
}

/** What the wizard's person would have done already: the administrator is 'admin', 王院长, and the station is for real patients. */
export async function openClinic(
  url: () => string,
  { institutionName, people = [], devices = [], settings }: Furnishing = {},
): Promise<StationClient> {
  const first = { username: 'admin', displayName: '王院长', password: storyPassword, mode: 'real' }
  await fetch(new URL(routes.setup.path, url()), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...first, ...(institutionName && { institutionName }) }),
  })
  const admin = await logInToStation(url, 'admin', storyPassword)
  for (const [username, displayName, role, doctorCode] of people)
    await admin.call(routes.accountCreate, {
      body: { username, displayName, role, doctorCode, password: storyPassword },
    })
  for (const body of devices) await admin.call(routes.deviceCreate, { body })
  if (settings) await admin.call(routes.settingsChange, { body: settings })
  return admin
}

/** The first administrator at a station that nobody used yet, by hand, as far as the wizard. */
export async function setUpByHand(page: Page, mode: 'training' | 'real'): Promise<void> {
  await page.getByLabel('机构名称').fill('城东诊所')
  await page.getByLabel('用户名').fill('admin')
  await page.getByLabel('姓名').fill('王院长')
  await page.getByLabel('密码', { exact: true }).fill(storyPassword)
  await page.getByLabel('再输一次密码').fill(storyPassword)
  if (mode === 'real') await page.getByText('正式使用').click()
  await button(page, '创建并进入影站').click()
}

/** At the login page. */
export async function logInByHand(page: Page, username: string, password = storyPassword): Promise<void> {
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(password)
  await button(page, '登录').click()
  await page.getByRole('heading', { name: '今日检查' }).waitFor()
}

/** A window of this person's own, logged in by hand. */
export async function openDeskOf(browser: DeskBrowser, url: string, username: string): Promise<Page> {
  const page = await browser.open()
  page.setDefaultTimeout(soon.timeout)
  await page.goto(url)
  await logInByHand(page, username)
  return page
}

export const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name, exact: true })
export const dialog = (page: Page) => page.locator('.ant-modal:visible')
/** The footer's, where the cross in the corner has the same name. */
export const dialogButton = (page: Page, name: string) => button(dialog(page), name).last()
export const menu = (page: Page, name: string) => page.getByRole('navigation', { name: '主菜单' }).getByText(name)

/** A screenshot that is kept. Nothing stands outside the window. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await page.screenshot({ path: join(screenshots, `${name}.png`) })
}
