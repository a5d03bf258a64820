import type { CardPaper } from '../../../shared/models/printing.ts'

/** Millimetres, and text sizes in points. `qr`: the widest that its QR gets, quiet zone included. */
export type CardStyle = {
  readonly width: number
  readonly height: number
  readonly margin: number
  readonly name: number
  readonly number: number
  readonly text: number
  readonly small: number
  readonly bars: number
  readonly qr: number
  /** No room for the institution above the name and for words under the QR. */
  readonly isSmall: boolean
}

const bag = { margin: 5, name: 20, number: 18, text: 10.5, small: 8.5, bars: 10, qr: 30, isSmall: false } as const

export const cardStyles: Readonly<Record<CardPaper, CardStyle>> = {
  'receipt-80': {
    width: 80,
    height: 120,
    margin: 5,
    name: 20,
    number: 22,
    text: 10,
    small: 8.5,
    bars: 15,
    qr: 30,
    isSmall: false,
  },
  'card-85x54': {
    width: 85.6,
    height: 54,
    margin: 4,
    name: 14,
    number: 13,
    text: 8.5,
    small: 7,
    bars: 7,
    qr: 28,
    isSmall: false,
  },
  'label-60x40': {
    width: 60,
    height: 40,
    margin: 1.5,
    name: 11,
    number: 8.5,
    text: 6.8,
    small: 5.8,
    bars: 7,
    qr: 28,
    isSmall: true,
  },
  'label-50x30': {
    width: 50,
    height: 30,
    margin: 1,
    name: 9.5,
    number: 7.6,
    text: 5.8,
    small: 5.2,
    bars: 5.5,
    qr: 28,
    isSmall: true,
  },
  'bag-100x70': { ...bag, width: 100, height: 70 },
  // One of the eight.
  'a4-8up': { ...bag, width: 105, height: 74.25, margin: 7, name: 18, number: 17, bars: 9, qr: 28 },
}

const across = 2
const down = 4
export const cardsOnSheet = across * down

export type CardPlace = {
  /** Whether a new page begins here. */
  readonly isNewPage: boolean
  /** Millimetres from the page's upper left corner. */
  readonly x: number
  readonly y: number
}

/** Where each of so many cards stands. `startAt`: the first label that is free on the first A4 sheet, 1 to 8. */
export function cardPlaces(paper: CardPaper, count: number, startAt: number): readonly CardPlace[] {
  const { width, height } = cardStyles[paper]
  return Array.from({ length: count }, (_, index) => {
    if (paper !== 'a4-8up') return { isNewPage: true, x: 0, y: 0 }
    const at = index + startAt - 1
    const onSheet = at % cardsOnSheet
    return {
      isNewPage: index === 0 || onSheet === 0,
      x: (onSheet % across) * width,
      y: Math.floor(onSheet / across) * height,
    }
  })
}
