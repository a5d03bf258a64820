/** What the station says on stdout once it can be used. */
export type ReadyLine = Readonly<{ url: string; dicom?: Readonly<{ aeTitle: string; host: string; port: number }> }>

/** The ready line, or undefined for every other line. Only an address on this computer counts: the window will show it. */
export function parseReadyLine(line: string): ReadyLine | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const said = JSON.parse(line) as { event?: unknown; url?: unknown; dicom?: ReadyLine['dicom'] }
    if (said.event !== 'ready' || typeof said.url !== 'string') return undefined
    const address = new URL(said.url)
    const isLocal = address.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname)
    return isLocal ? { url: address.href, ...(said.dicom ? { dicom: said.dicom } : {}) } : undefined
  } catch {
    return undefined
  }
}
