import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { soon } from './desk-story.ts'
import { openShell, type Shell } from './electron-shell.ts'
import { createStandInPrinter, type StandInPrinter } from './stand-in-printer.ts'

export type ShellClinic = {
  readonly page: Page
  readonly app: Shell['app']
  readonly printer: StandInPrinter
  /** Address of the station, as its own window has it. */
  readonly url: () => string
  /** Clicks, and gives what was then saved: the name that the save dialog offered, and the file. */
  readonly saved: (act: () => Promise<void>) => Promise<{ readonly name: string; readonly bytes: Buffer }>
  /** The next files are saved there: '/proc' takes none. Absent: a folder of the test. */
  readonly saveInto: (folder?: string) => Promise<void>
  /** What the shell said in dialogs of the system. */
  readonly told: () => Promise<readonly string[]>
  /** Web pages that were given to the system's browser. */
  readonly openedOutside: () => Promise<readonly string[]>
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

type Kept = {
  readonly opened: string[]
  readonly told: string[]
  readonly saved: { name: string; path: string; state: string }[]
  into: string
}
type WithKept = typeof globalThis & { kept: Kept }

/**
 * The real shell with the real station, new out of the box. Only what lies outside of the program is a stand-in: the printer, the person's
 * answer in the system's save dialog, and the system's browser.
 */
export async function openShellClinic(flags: readonly string[] = []): Promise<ShellClinic> {
  const printer = createStandInPrinter()
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-saved-'))
  const shell = await openShell({ PATH: printer.path }, flags)
  const page = await shell.app.firstWindow()
  page.setDefaultTimeout(30_000)
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:/, { timeout: 30_000 })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  await shell.app.evaluate((electron, into) => {
    const kept: Kept = { opened: [], told: [], saved: [], into }
    ;(globalThis as WithKept).kept = kept
    electron.shell.openExternal = async (address) => {
      kept.opened.push(address)
    }
    const tell = async (_window: unknown, { message }: { message: string }) => {
      kept.told.push(message)
      return { response: 0, checkboxChecked: false }
    }
    Object.assign(electron.dialog, { showMessageBox: tell })
    electron.session.defaultSession.on('will-download', (_event, item) => {
      // The shell's own words for the dialog are there by now; the person presses its button.
      const offered = item.getSaveDialogOptions().defaultPath ?? ''
      const path = `${kept.into}/${kept.saved.length}`
      item.setSavePath(path)
      item.once('done', (_done, state) => kept.saved.push({ name: offered.replace(/^.*[\\/]/, ''), path, state }))
    })
  }, folder)
  const savedFiles = () => shell.app.evaluate(() => (globalThis as WithKept).kept.saved)
  return {
    page,
    app: shell.app,
    printer,
    url: () => new URL(page.url()).origin,
    async saved(act) {
      const before = (await savedFiles()).length
      await act()
      await expect.poll(async () => (await savedFiles()).length, soon).toBe(before + 1)
      const file = (await savedFiles())[before]
      if (file?.state !== 'completed') throw new Error(`not saved: ${file?.state}`)
      return { name: file.name, bytes: readFileSync(file.path) }
    },
    saveInto: (chosen = folder) =>
      shell.app.evaluate((_electron, place) => {
        ;(globalThis as WithKept).kept.into = place
      }, chosen),
    told: () => shell.app.evaluate(() => (globalThis as WithKept).kept.told),
    openedOutside: () => shell.app.evaluate(() => (globalThis as WithKept).kept.opened),
    complaints,
    async close() {
      await shell.close()
      printer.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** By keyboard alone: Tab until the focus is on what has this name. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    const isThere = await page.evaluate((wanted) => {
      const one = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLLabelElement> }) | null
      const names = [
        one?.getAttribute('aria-label'),
        one?.textContent,
        ...[...(one?.labels ?? [])].map((label) => label.textContent),
      ]
      return names.some((text) => text?.replace(/\s/g, '') === wanted.replace(/\s/g, ''))
    }, name)
    if (isThere) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${name}`)
}
