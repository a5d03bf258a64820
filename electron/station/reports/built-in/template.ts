import { type TemplateInput, templateInputSchema } from '../../../../shared/models/writing.ts'

type Narrowed = Pick<TemplateInput, 'sex' | 'fromAge' | 'toAge' | 'advice'>

/** A shared template in a folder, for a modality: '' for every one. What must be measured or chosen stands as ___ or 【…】: a check finds what is left of it. */
export const templateIn =
  (folder: string, modality: string) =>
  (name: string, findings: string, impression: string, more: Partial<Narrowed> = {}): TemplateInput =>
    templateInputSchema.parse({ folder, modality, name, findings, impression, isShared: true, ...more })
