export const traySize = 32

const teal = [0x8c, 0x6d, 0x0b, 0xff] as const // blue, green, red, alpha
const white = [0xff, 0xff, 0xff, 0xff] as const
const clear = [0, 0, 0, 0] as const

/** A lens on a teal film, drawn as pixels: an icon at this size needs no file. */
export function trayBitmap(): Buffer {
  const middle = (traySize - 1) / 2
  const pixels = Array.from({ length: traySize * traySize }, (_, index) => {
    const fromMiddle = Math.hypot((index % traySize) - middle, Math.floor(index / traySize) - middle)
    const toEdge =
      middle - Math.max(Math.abs((index % traySize) - middle), Math.abs(Math.floor(index / traySize) - middle))
    if (toEdge < 1) return clear
    return fromMiddle < 4 || (fromMiddle > 7 && fromMiddle < 10) ? white : teal
  })
  return Buffer.from(pixels.flat())
}
