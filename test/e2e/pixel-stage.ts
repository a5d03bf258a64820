import type { Page } from 'playwright-core'

// The screen as an instrument: an image's pixels as a person sees them, one pixel of the screen for each of the image.

const stage = '.viewer-stage canvas'

/** The viewport becomes as large as the image, wherever it stands in the window. */
async function makeRoom(page: Page, rows: number, columns: number): Promise<void> {
  await page.evaluate(
    ({ rows, columns }) => {
      const style = document.querySelector('style[data-room]') ?? document.createElement('style')
      style.setAttribute('data-room', '')
      style.textContent = `.viewer-stage { position: absolute !important; inset: 0 auto auto 0 !important; width: ${columns}px !important; height: ${rows}px !important; min-height: 0 !important; flex: none !important }`
      document.head.append(style)
    },
    { rows, columns },
  )
  await page.waitForFunction(
    ({ stage, rows, columns }) => {
      const canvas = document.querySelector<HTMLCanvasElement>(stage)
      return canvas?.width === columns && canvas.height === rows
    },
    { stage, rows, columns },
  )
}

export type SeenImage = {
  readonly instanceId: string
  readonly frame: number
  /** Red, green, blue, pixel by pixel, with what the device drew over them. Undefined: the viewer says that it cannot show it. */
  readonly pixels: Buffer | undefined
}

/**
 * What is drawn of `count` images of one size, from the index given on, leafing with the arrow key. The viewer takes the whole page, has the
 * keyboard and shows the first of them. All in one errand: a busy computer would need seconds for each question.
 */
export async function seenImages(
  page: Page,
  { rows, columns, index, count }: { rows: number; columns: number; index: number; count: number },
): Promise<readonly SeenImage[]> {
  await makeRoom(page, rows, columns)
  await page.keyboard.press('=', { delay: 60 })
  const seen = await page.evaluate(
    async ({ stage, rows, columns, index, count }) => {
      const viewer = document.querySelector<HTMLElement>('.viewer')
      if (!viewer) throw new Error('no viewer')
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      const both = new OffscreenCanvas(columns, rows)
      const ink = both.getContext('2d', { willReadFrequently: true })
      const read = () => {
        const layers = [...document.querySelectorAll<HTMLCanvasElement>(`${stage}, canvas.overlay-layer`)]
        for (const layer of layers) ink?.drawImage(layer, 0, 0)
        const shown = ink?.getImageData(0, 0, columns, rows).data ?? []
        let text = ''
        for (let at = 0; at < shown.length; at += 4)
          text += String.fromCharCode(shown[at] ?? 0, shown[at + 1] ?? 0, shown[at + 2] ?? 0)
        return btoa(text)
      }
      const found: { instanceId: string; frame: number; base64: string | undefined }[] = []
      for (let at = index; at < index + count; at++) {
        if (at > index) viewer.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
        const { dataset } = viewer
        const isThere = () =>
          dataset.imageIndex === String(at) &&
          (dataset.imageState === 'failed' || (dataset.imageState === 'shown' && dataset.zoom === '1'))
        for (const until = performance.now() + 30_000; !isThere(); await nextFrame())
          if (performance.now() > until) throw new Error(`image ${at + 1}: ${JSON.stringify(dataset)}`)
        // What was asked for is drawn with the next frames of the screen.
        await nextFrame()
        await nextFrame()
        const base64 = dataset.imageState === 'failed' ? undefined : read()
        found.push({ instanceId: dataset.instanceId ?? '', frame: Number(dataset.frame), base64 })
      }
      return found
    },
    { stage, rows, columns, index, count },
  )
  return seen.map(({ base64, ...image }) => ({
    ...image,
    pixels: base64 === undefined ? undefined : Buffer.from(base64, 'base64'),
  }))
}
