const u16 = (value: number) => Buffer.from([value >> 8, value & 0xff])
const u32 = (value: number) => Buffer.from([value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff])
const box = (type: string, ...parts: readonly Buffer[]) => {
  const inside = Buffer.concat(parts)
  return Buffer.concat([u32(inside.length + 8), Buffer.from(type, 'latin1'), inside])
}

/** An MP4 with a sound track and one film of 640 × 480, boxes as ISO/IEC 14496-12 and -15 write them; the film itself is noise. */
export function mp4Of(film: {
  readonly codec: string
  readonly profile: number
  readonly level: number
  readonly frames: number
  readonly seconds: number
  readonly fragmented?: boolean
}): Buffer {
  const configuration = film.codec.startsWith('h')
    ? box('hvcC', Buffer.from([1, film.profile]), Buffer.alloc(10), Buffer.from([film.level]), Buffer.alloc(10))
    : box('avcC', Buffer.from([1, film.profile, 0, film.level, 0xff]))
  const entry = box(film.codec, Buffer.alloc(24), u16(640), u16(480), Buffer.alloc(50), configuration)
  const table = box(
    'stbl',
    box('stsd', u32(0), u32(1), entry),
    box('stts', u32(0), u32(1), u32(film.frames), u32(1)),
    box('stsz', u32(0), u32(100), u32(film.frames)),
  )
  const track = (handler: string, inside: Buffer) =>
    box(
      'trak',
      box('tkhd', Buffer.alloc(84)),
      box(
        'mdia',
        box('mdhd', u32(0), u32(0), u32(0), u32(1000), u32(film.seconds * 1000), u32(0)),
        box('hdlr', u32(0), u32(0), Buffer.from(handler, 'latin1'), Buffer.alloc(13)),
        box('minf', inside),
      ),
    )
  const moov = box(
    'moov',
    box('mvhd', Buffer.alloc(100)),
    track('soun', box('stbl')),
    track('vide', table),
    ...(film.fragmented ? [box('mvex')] : []),
  )
  const noise = Buffer.from(Array.from({ length: 9001 }, (_, at) => (at * 7919) % 251))
  return Buffer.concat([box('ftyp', Buffer.from('isom', 'latin1'), u32(512)), box('mdat', noise), moov])
}
