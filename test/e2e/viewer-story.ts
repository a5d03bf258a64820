import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { createSimulatedModality, type RawObject } from '../../electron/training/simulated-modality.ts'
import type { BodyInputOf } from '../../shared/api/route.ts'
import type { Routes } from '../../shared/api/routes.ts'
import type { DeskStation } from './desk-station.ts'
import { keepPicture } from './desk-story.ts'

// How the viewer's stories open, and how a person and a test read what it shows.

export const scanner: BodyInputOf<Routes['deviceCreate']> = {
  name: 'CT1',
  aeTitle: 'CT1',
  host: '127.0.0.1',
  modality: 'CT',
  characterSet: 'gb18030',
}

export async function sendFromScanner(station: DeskStation, objects: readonly RawObject[]): Promise<void> {
  const device = createSimulatedModality({ aeTitle: scanner.aeTitle, station: station.dicom })
  for (const { status } of await device.sendObjects(objects)) expect(status).toBe(0)
}

/** Settles when the exam's first image is drawn and the viewer has the keyboard. */
export async function openInViewer(desk: Page, station: DeskStation, examId: string | undefined): Promise<void> {
  await desk.goto(`${station.url}#/exams/${examId}`)
  await desk.reload()
  await desk.locator('.viewer[data-image-state=shown]').waitFor()
  await desk.locator('.viewer').focus()
}

/** `desk`: asked at each step, the story opens it later. */
export function viewerOn(desk: () => Page) {
  const fact = (name: string) => desk().locator('.viewer').getAttribute(`data-${name}`)
  return {
    fact,
    number: async (name: string) => Number(await fact(name)),
    /** Of a menu that is open, or of one that opened out of it. */
    item: (name: string | RegExp) =>
      desk()
        .locator('.ant-dropdown:visible, .ant-dropdown-menu-submenu-popup:visible')
        .getByRole('menuitem', { name, exact: true }),
    /** As fast as a person: six letters within 50 milliseconds of each other would be a scanner's. */
    async press(...keys: readonly string[]): Promise<void> {
      for (const key of keys) await desk().keyboard.press(key, { delay: 60 })
    },
    /** Beside the marks on the image. */
    words: () => desk().locator('.mark-words').allTextContents(),
    picture: (name: string) => keepPicture(desk(), `viewer-${name}`),
  }
}
