import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const page = join(import.meta.dirname, '..', '..', 'out', 'renderer', 'index.html')

// The station's Content-Security-Policy would stop an inline script without a word on the screen.
test.skipIf(!existsSync(page))('the built desk has no inline script and asks no other server', () => {
  const html = readFileSync(page, 'utf8')
  const scripts = html.match(/<script\b[^>]*>[^<]*/g) ?? []
  expect(scripts.length).toBeGreaterThan(0)
  for (const script of scripts) expect(script).toMatch(/^<script [^>]*src="\/[^"]+"[^>]*>\s*$/)
  expect(html).not.toMatch(/\son\w+=|javascript:|(?:src|href)="(?:https?:)?\/\//)
})
