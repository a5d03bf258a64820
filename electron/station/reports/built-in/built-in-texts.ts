import type { TextSet } from '../templates.ts'
import { chestTemplates } from './chest-templates.ts'
import { ctTemplates } from './ct-templates.ts'
import { ecgTemplates } from './ecg-templates.ts'
import { limbTemplates } from './limb-templates.ts'
import { builtInPhrases } from './phrases.ts'
import { spineTemplates } from './spine-templates.ts'
import { ultrasoundTemplates } from './ultrasound-templates.ts'
import { womenTemplates } from './women-templates.ts'

/** The templates and phrases that a new station has, shared by everybody. */
export const builtInTexts: TextSet = {
  templates: [
    ...chestTemplates,
    ...limbTemplates,
    ...spineTemplates,
    ...ultrasoundTemplates,
    ...womenTemplates,
    ...ctTemplates,
    ...ecgTemplates,
  ],
  phrases: builtInPhrases,
}
