/** What a key does to the crosshair, the pointer of who works without a mouse; pixels of the viewport. */
export type CrosshairStep =
  | { readonly kind: 'move'; readonly dx: number; readonly dy: number }
  | { readonly kind: 'set' | 'leave' }

const near = 1
const far = 20

const directions: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
])

/** `combo` as comboOf names it; undefined: the key means what it means without a crosshair. */
export function crosshairStep(combo: string): CrosshairStep | undefined {
  if (combo === 'Enter') return { kind: 'set' }
  if (combo === 'Escape') return { kind: 'leave' }
  const isFar = combo.startsWith('Shift+')
  const direction = directions.get(isFar ? combo.slice('Shift+'.length) : combo)
  if (!direction) return undefined
  const by = isFar ? far : near
  return { kind: 'move', dx: direction[0] * by, dy: direction[1] * by }
}
