const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const supportedVersion = 1

/** The numbers of Electron's fuses, as its fuse schema 1 lists them. */
export const fuses = { nodeCliInspect: 3, browserProcessSpecificV8Snapshot: 6 } as const

/** Sets fuses in a copy of Electron's program: behind the sentinel stand a version, a length and one '0' or '1' a fuse. */
export function setFuses(program: Buffer, settings: ReadonlyMap<number, boolean>): Buffer {
  const patched = Buffer.from(program)
  const found = patched.indexOf(sentinel, 0, 'latin1')
  if (found < 0) throw new Error('this program has no Electron fuses')
  const version = patched[found + sentinel.length]
  const count = patched[found + sentinel.length + 1] ?? 0
  if (version !== supportedVersion) throw new Error(`unknown version of Electron fuses: ${version}`)
  for (const [fuse, isOn] of settings) {
    if (fuse >= count) throw new Error(`this Electron has no fuse ${fuse}`)
    patched[found + sentinel.length + 2 + fuse] = (isOn ? '1' : '0').charCodeAt(0)
  }
  return patched
}
