/** An address that a page may open: nothing but http and https, whatever a cloud's answer says; '' for anything else. */
export function httpAddress(value: unknown): string {
  const url = typeof value === 'string' ? URL.parse(value.trim()) : null
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : ''
}
