/** A CSV as people have it: UTF-8, or GB 18030 as Excel saves it on a Chinese Windows. */
export function csvText(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
