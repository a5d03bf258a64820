import type { Tool } from './viewer-context.ts'

/** Paths in a square of 16: antd has no icons for measuring. */
const paths: Readonly<Record<Tool | 'rotate' | 'flip' | 'flip-vertical' | 'invert' | 'fit' | 'reset', string>> = {
  window: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 0v12M8 5h5M8 8h6M8 11h5',
  pan: 'M8 1v14M1 8h14M8 1 6 3m2-2 2 2M8 15l-2-2m2 2 2-2M1 8l2-2M1 8l2 2m12-2-2-2m2 2-2 2',
  zoom: 'M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2Zm4 9 4 4M5 7h4M7 5v4',
  magnifier: 'M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2Zm4 9 4 4',
  length: 'M2 14 14 2M1 11l4 4M11 1l4 4M6 8l2 2M8 6l2 2',
  angle: 'M13 13H2L11 3M7 13a5 5 0 0 0-1.500-4',
  cobb: 'M2 4l12-2M2 12l12 2M8 3l1.500 5M8 13l1.500-5',
  rectangle: 'M2 4h12v8H2Z',
  ellipse: 'M8 4c3.500 0 6 1.800 6 4s-2.500 4-6 4-6-1.800-6-4 2.500-4 6-4Z',
  ctr: 'M3 2C1 6 1 11 2 14h12c1-3 1-8-1-12M5 10h7M2 13h12M8 6c3-1 5 2 4 5',
  arrow: 'M14 14 3 3M3 9V3h6',
  text: 'M3 4V2h10v2M8 2v12M6 14h4',
  probe: 'M8 1v5M8 10v5M1 8h5M10 8h5M8 7.500v1',
  calibration: 'M1 5h14v6H1ZM4 5v3M7 5v3M10 5v3M13 5v3',
  rotate: 'M13 8a5 5 0 1 1-2-4M11 1v3.500H7.500',
  flip: 'M8 1v14M6 4 2 12h4ZM10 4l4 8h-4Z',
  'flip-vertical': 'M1 8h14M4 6 12 2v4ZM4 10l8 4v-4Z',
  invert: 'M2 2h12v12H2ZM2 14 14 2M5 11h3M8 8h3',
  fit: 'M2 6V2h4M14 6V2h-4M2 10v4h4M14 10v4h-4M6 6h4v4H6Z',
  reset: 'M3 8a5 5 0 1 0 2-4M5 1v3.500h3.500',
}

export function ToolIcon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg className="tool-icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
