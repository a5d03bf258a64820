import { z } from 'zod'

/** What is wrong with a field is read by staff: the words of zod's Chinese catalogue, where a schema has none of its own. */
export const inChinese = { error: z.locales.zhCN().localeError }
