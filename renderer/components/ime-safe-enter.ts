import type { KeyboardEvent } from 'react'

/** Enter that means Enter: not the one that ends a composition in a Chinese input method (keyCode 229 where isComposing is not told). */
export function isPlainEnter(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.nativeEvent.isComposing && event.keyCode !== 229
}
