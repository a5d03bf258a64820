const micronsPerPoint = 25_400 / 72

/** The size of a PDF's first page, as this station's own PDFs state it in the open. */
export function pageSizeOf(pdf: Buffer): { readonly widthMicrons: number; readonly heightMicrons: number } {
  const box = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/.exec(pdf.toString('latin1'))
  if (!box) throw new Error('a PDF of ours states its page size')
  // A whole tenth of a millimetre: points are rounded to hundredths.
  const microns = (points: string | undefined) => Math.round((Number(points) * micronsPerPoint) / 100) * 100
  return { widthMicrons: microns(box[1]), heightMicrons: microns(box[2]) }
}
