/** A small PS3.10 file, explicit VR little endian, with what the clouds compare. `pixelBytes`: the length of its pixel data. */
export function dicomFile(options: {
  readonly accessionNumber: string
  readonly studyUid: string
  readonly seriesUid: string
  readonly instanceUid: string
  readonly pixelBytes?: number
}): Buffer {
  const sopClass = '1.2.840.10008.5.1.4.1.1.1.1'
  const meta = Buffer.concat([
    element(0x0002, 0x0002, 'UI', sopClass),
    element(0x0002, 0x0003, 'UI', options.instanceUid),
    element(0x0002, 0x0010, 'UI', '1.2.840.10008.1.2.1'),
  ])
  const length = Buffer.alloc(12)
  length.writeUInt16LE(0x0002, 0)
  length.write('UL', 4, 'latin1')
  length.writeUInt16LE(4, 6)
  length.writeUInt32LE(meta.length, 8)
  const pixels = Buffer.alloc(12 + (options.pixelBytes ?? 512))
  pixels.writeUInt16LE(0x7fe0, 0)
  pixels.writeUInt16LE(0x0010, 2)
  pixels.write('OW', 4, 'latin1')
  pixels.writeUInt32LE(pixels.length - 12, 8)
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM', 'latin1'),
    length,
    meta,
    element(0x0008, 0x0016, 'UI', sopClass),
    element(0x0008, 0x0018, 'UI', options.instanceUid),
    element(0x0008, 0x0050, 'SH', options.accessionNumber),
    element(0x0010, 0x0020, 'LO', 'P26000001'),
    element(0x0020, 0x000d, 'UI', options.studyUid),
    element(0x0020, 0x000e, 'UI', options.seriesUid),
    pixels,
  ])
}

function element(group: number, number: number, vr: 'UI' | 'SH' | 'LO', value: string): Buffer {
  const padded = value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' ')
  const head = Buffer.alloc(8)
  head.writeUInt16LE(group, 0)
  head.writeUInt16LE(number, 2)
  head.write(vr, 4, 'latin1')
  head.writeUInt16LE(padded.length, 6)
  return Buffer.concat([head, Buffer.from(padded, 'latin1')])
}
