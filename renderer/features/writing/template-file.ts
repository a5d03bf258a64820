import { z } from 'zod'
import { phraseInputSchema, templateInputSchema } from '../../../shared/models/writing.ts'

/** The file of templateExport: templates and phrases as they would be put in anew. What else stands in it is left aside. */
const templateFileSchema = z.object({
  templates: z.array(templateInputSchema).max(5000).default([]),
  phrases: z.array(phraseInputSchema).max(5000).default([]),
})
export type TemplateFile = z.infer<typeof templateFileSchema>

/** undefined: it is no such file. A file without a template and without a phrase is none. */
export function readTemplateFile(text: string): TemplateFile | undefined {
  try {
    const file = templateFileSchema.safeParse(JSON.parse(text.replace(/^\ufeff/, '')))
    return file.success && file.data.templates.length + file.data.phrases.length > 0 ? file.data : undefined
  } catch {
    return undefined
  }
}
