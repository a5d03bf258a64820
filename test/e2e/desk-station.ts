import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumPath } from '../../build/peer-list.ts'

const stationMain = join(import.meta.dirname, '..', '..', 'electron', 'station', 'station-main.ts')

export type DeskStation = {
  readonly url: string
  readonly dicom: { readonly aeTitle: string; readonly host: string; readonly port: number }
  readonly stop: () => Promise<void>
}

/** The real station as it comes out of the box: no user, nothing set up. */
export async function startDeskStation(): Promise<DeskStation> {
  const folder = mkdtempSync(join(tmpdir(), 'desk-station-'))
  const flags = ['--headless', '--data', folder, '--http-port', '0', '--dicom-host', '127.0.0.1', '--dicom-port', '0']
  const child = spawn(process.execPath, [stationMain, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = await readyLine(child)
  return {
    ...ready,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function readyLine(child: ChildProcess): Promise<Pick<DeskStation, 'url' | 'dicom'>> {
  return new Promise((resolve, reject) => {
    let [said, logged] = ['', '']
    child.stderr?.on('data', (bytes: Buffer) => {
      logged += bytes
    })
    child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes
      const line = said.split('\n').find((one) => one.includes('"ready"'))
      if (line?.endsWith('}')) resolve(JSON.parse(line))
    })
    child.once('exit', (code) => reject(new Error(`the station ended with ${code}: ${logged}`)))
  })
}

export type DeskBrowser = {
  /** A window of its own: another person at another computer would see the same. */
  readonly open: () => Promise<Page>
  /** What the pages complained about on their consoles. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

/** `flags` are Chromium's. */
export async function startDeskBrowser(flags: readonly string[] = []): Promise<DeskBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'desk-browser-'))
  const browser = await chromium.launch({
    executablePath: chromiumPath() ?? 'chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', ...flags],
    env: { ...process.env, HOME: folder } as Record<string, string>,
  })
  const contexts: BrowserContext[] = []
  const complaints: string[] = []
  return {
    complaints,
    async open() {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
      contexts.push(context)
      const page = await context.newPage()
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          complaints.push(message.text())
      })
      return page
    },
    async close() {
      for (const context of contexts) await context.close()
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
