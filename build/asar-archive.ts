/** Numbers stand in the file as Chromium's Pickle writes them: little endian, everything padded to four bytes. */
function uint32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4)
  return bytes
}

/** An asar archive of files in one folder: the size of the header, the header as JSON, then the contents one after the other. */
export function asarArchive(files: Readonly<Record<string, string>>): Buffer {
  const contents = Object.values(files).map((text) => Buffer.from(text))
  let offset = 0
  const entries = Object.keys(files).map((name, index) => {
    const size = contents[index]?.length ?? 0
    const entry = { offset: String(offset), size }
    offset += size
    return [name, entry] as const
  })
  const header = Buffer.from(JSON.stringify({ files: Object.fromEntries(entries) }))
  const padded = Math.ceil(header.length / 4) * 4
  return Buffer.concat([
    uint32(4, 8 + padded, 4 + padded, header.length),
    header,
    Buffer.alloc(padded - header.length),
    ...contents,
  ])
}
