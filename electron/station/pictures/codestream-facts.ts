/** What compressed pixels say about themselves where the data set around them is silent or wrong. Pure; cut-off bytes say nothing. */

/**
 * Whether a JPEG-LS picture of three components stands in three scans, one after another (ITU-T T.87 C.2.3: no interleaving): the codec
 * gives such planes as they come. PlanarConfiguration does not tell: it is 0 or 1 in either case.
 */
export function isInPlanes(bytes: Uint8Array): boolean {
  let at = 2 // behind SOI
  while (at + 4 < bytes.length) {
    if (bytes[at] !== 0xff) return false
    if (bytes[at + 1] === 0xda) return bytes[at + 4] === 1
    at += 2 + wordAt(bytes, at + 2)
  }
  return false
}

/**
 * Whether a JPEG 2000 codestream turned red, green and blue into others of its own (ISO/IEC 15444-1 A.6.1, SGcod), which the codec turns
 * back. Without it the components are what PhotometricInterpretation says.
 */
export function hasColourTransform(bytes: Uint8Array): boolean {
  let at = Math.max(0, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('ff4fff51', 0, 'hex')) + 2
  while (at + 8 < bytes.length) {
    const marker = wordAt(bytes, at)
    if (marker === 0xff52) return bytes[at + 8] === 1
    if (marker < 0xff50 || marker === 0xff90) return false
    at += 2 + wordAt(bytes, at + 2)
  }
  return false
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!
}
