import type { Dictionary } from '../../text/dictionary.ts'
import { presetActions, type ViewerAction } from './keymap.ts'
import { presetsFor } from './window-presets.ts'

type Words = Dictionary['viewer']
type Named = keyof Words['actions']

/** What a key does, in words: a window by its name for images of this modality, a tool by its own. */
export function actionWords(action: ViewerAction, modality: string, text: Words): string {
  const at = (presetActions as readonly ViewerAction[]).indexOf(action)
  if (at >= 0) {
    const choice = presetsFor(modality)[at]
    return text.presetNumber(at + 1, choice ? text.windows[choice] : text.noPreset)
  }
  if (action in text.actions) return text.actions[action as Named]
  const tool = action.replace(/-tool$/, '') as keyof Words['tools']
  return text.tools[tool]
}
