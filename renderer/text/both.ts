export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** One area's words in both languages. The Chinese ones are written first and give the shape. */
export type Both<T> = { readonly 'zh-CN': T; readonly en: T }

export function both<T extends Record<string, unknown>>(chinese: T, english: NoInfer<T>): Both<T> {
  return { 'zh-CN': chinese, en: english }
}
