const sector = 2048

/** An independent little reader of ISO 9660 and Joliet, ECMA-119 as it is written: path → bytes, names without ';1'. */
export function readIso(image: Buffer, kind: 'plain' | 'joliet'): Map<string, Buffer> {
  const wanted = kind === 'plain' ? 1 : 2
  let descriptor: Buffer | undefined
  for (let at = 16; ; at++) {
    const volume = image.subarray(at * sector, (at + 1) * sector)
    if (volume.toString('latin1', 1, 6) !== 'CD001') throw new Error(`no descriptor in sector ${at}`)
    if (volume[0] === 255) break
    if (volume[0] === wanted) descriptor = volume
  }
  if (!descriptor) throw new Error('no such descriptor')
  if (kind === 'joliet' && descriptor.toString('latin1', 88, 91) !== '%/E') throw new Error('no Joliet')
  if (descriptor.readUInt32LE(80) * sector !== image.length) throw new Error('the volume has another size')
  if (descriptor.readUInt32LE(80) !== descriptor.readUInt32BE(84)) throw new Error('the two byte orders differ')
  const files = new Map<string, Buffer>()
  const folders = new Map<string, number>()
  const nameOf = (bytes: Buffer) => {
    const name = kind === 'plain' ? bytes.toString('latin1') : Buffer.from(bytes).swap16().toString('utf16le')
    return name.replace(/\.?;1$/, '')
  }

  function walk(start: number, length: number, path: string): void {
    folders.set(path, start)
    let last: Buffer | undefined
    for (let at = start * sector; at < start * sector + length; ) {
      const size = image[at]!
      if (size === 0) {
        at = (Math.floor(at / sector) + 1) * sector
        continue
      }
      const record = image.subarray(at, at + size)
      if (Math.floor(at / sector) !== Math.floor((at + size - 1) / sector)) throw new Error('a record crosses a sector')
      const identifier = record.subarray(33, 33 + record[32]!)
      const [where, bytes] = [record.readUInt32LE(2), record.readUInt32LE(10)]
      if (where !== record.readUInt32BE(6) || bytes !== record.readUInt32BE(14))
        throw new Error('the two byte orders differ')
      if (!(identifier.length === 1 && identifier[0]! < 2)) {
        if (last && Buffer.compare(last, identifier) >= 0) throw new Error('names are not in order')
        last = Buffer.from(identifier)
        const name = path + nameOf(identifier)
        if ((record[25]! & 2) !== 0) walk(where, bytes, `${name}/`)
        else files.set(name, image.subarray(where * sector, where * sector + bytes))
      }
      at += size
    }
  }
  const root = descriptor.subarray(156, 190)
  walk(root.readUInt32LE(2), root.readUInt32LE(10), '')

  // The path tables name the same folders at the same places.
  const [tableLength, little, big] = [
    descriptor.readUInt32LE(132),
    descriptor.readUInt32LE(140),
    descriptor.readUInt32BE(148),
  ]
  const listed: { where: number; path: string }[] = []
  for (let at = 0; at < tableLength; ) {
    const length = image[little * sector + at]!
    const where = image.readUInt32LE(little * sector + at + 2)
    const parent = image.readUInt16LE(little * sector + at + 6)
    if (image.readUInt32BE(big * sector + at + 2) !== where || image.readUInt16BE(big * sector + at + 6) !== parent)
      throw new Error('the two path tables differ')
    const name = image.subarray(little * sector + at + 8, little * sector + at + 8 + length)
    listed.push({ where, path: listed.length === 0 ? '' : `${listed[parent - 1]!.path}${nameOf(name)}/` })
    at += 8 + length + (length % 2)
  }
  if (listed.length !== folders.size || listed.some((one) => folders.get(one.path) !== one.where))
    throw new Error('the path table names other folders')
  return files
}
