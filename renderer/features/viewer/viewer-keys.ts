import type { KeyboardEvent } from 'react'
import { actionOf, comboOf, type Keymap, type ViewerAction } from './keymap.ts'

const fields = 'input, textarea, select, [contenteditable="true"], [role=slider], [role=menu], [role=listbox]'

/**
 * The keys work while the viewer has the focus, and never while somebody types: a field, a composition of an input method, a dialog or
 * menu that the viewer opened. Space and Enter on a button press the button. While a crosshair is shown its keys go before all others.
 */
export function onViewerKey(
  event: KeyboardEvent<HTMLElement>,
  keymap: Keymap,
  run: (action: ViewerAction) => void,
  steer: (combo: string) => boolean,
): void {
  const { target, currentTarget, nativeEvent } = event
  if (!(target instanceof Element) || !currentTarget.contains(target) || target.closest(fields)) return
  if (event.defaultPrevented || nativeEvent.isComposing || event.key === 'Process') return
  if ((event.key === ' ' || event.key === 'Enter') && target.closest('button, a')) return
  const combo = comboOf(event)
  if (steer(combo)) {
    event.preventDefault()
    return
  }
  const action = actionOf(keymap, combo)
  if (!action) return
  event.preventDefault()
  run(action)
}
