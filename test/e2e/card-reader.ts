import type { Page } from 'playwright-core'

type Typing = {
  /** A Chinese input method is switched on: keys say 'Process' and put nothing into a field by themselves. */
  readonly withInputMethod?: boolean
}

/** Milliseconds between two keys of a reader, as it claims them: the computer of the test may be slower. */
const gap = 4

/** Types as an ID-card reader or a barcode scanner does: every key at once, each with the time at which it was pressed. */
export async function readerTypes(page: Page, text: string, { withInputMethod = false }: Typing = {}): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const begin = Date.now() / 1000
  const calls = [...text].flatMap((character, index) => {
    const timestamp = begin + (index * gap) / 1000
    const { key, code } = keyOf(character)
    const isText = key === character
    if (withInputMethod && isText && code !== '')
      return [
        session.send('Input.dispatchKeyEvent', {
          type: 'rawKeyDown',
          key: 'Process',
          code,
          windowsVirtualKeyCode: 229,
          timestamp,
        }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: character, code, timestamp }),
      ]
    const virtual = key === 'Enter' ? 13 : key === 'Tab' ? 9 : 0
    return [
      session.send('Input.dispatchKeyEvent', {
        type: isText ? 'keyDown' : 'rawKeyDown',
        key,
        code,
        ...(isText && { text: character }),
        ...(virtual && { windowsVirtualKeyCode: virtual }),
        timestamp,
      }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code, timestamp }),
    ]
  })
  await Promise.all(calls)
  await session.detach()
}

function keyOf(character: string): { readonly key: string; readonly code: string } {
  if (character === '\n') return { key: 'Enter', code: 'Enter' }
  if (character === '\t') return { key: 'Tab', code: 'Tab' }
  if (/\d/.test(character)) return { key: character, code: `Digit${character}` }
  if (/[a-z]/i.test(character)) return { key: character, code: `Key${character.toUpperCase()}` }
  if (character === '\\') return { key: character, code: 'Backslash' }
  if (character === '-') return { key: character, code: 'Minus' }
  return { key: character, code: '' }
}
