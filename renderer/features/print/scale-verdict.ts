/** What a ruler of `nominal` millimetres that came out `measured` long says about the printer. A sheet's own measure errs by half a percent. */
export function scaleVerdict(
  nominal: number,
  measured: number | null,
): { readonly kind: 'unknown' } | { readonly kind: 'right' } | { readonly kind: 'wrong'; readonly percent: string } {
  if (measured === null || !(measured > 0)) return { kind: 'unknown' }
  const scale = measured / nominal
  return Math.abs(scale - 1) <= 0.008 ? { kind: 'right' } : { kind: 'wrong', percent: (scale * 100).toFixed(1) }
}
