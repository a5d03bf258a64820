import { describe, expect, test } from 'vitest'
import { chooseOffer, readAccept } from '../../electron/station/api/dicom-web-accept.ts'

const offers = [
  { mediaType: 'image/jls', transferSyntax: '1.2.840.10008.1.2.4.80' },
  { mediaType: 'application/octet-stream', transferSyntax: '1.2.840.10008.1.2.1' },
]
const choose = (field: string | undefined, mayBeSingle = false) => {
  const chosen = chooseOffer(readAccept(field), offers, mayBeSingle)
  return chosen && [chosen.offer.mediaType, chosen.isMultipart]
}

describe('what a client takes', () => {
  test('is anything when it says nothing', () => {
    expect(choose(undefined)).toEqual(['image/jls', true])
    expect(choose('*/*')).toEqual(['image/jls', true])
    expect(choose('multipart/related')).toEqual(['image/jls', true])
  })

  test('is chosen by type and transfer syntax, quoted or not', () => {
    expect(choose('multipart/related; type="application/octet-stream"')).toEqual(['application/octet-stream', true])
    expect(choose('multipart/related; type=image/jls; transfer-syntax=*')).toEqual(['image/jls', true])
    expect(choose('multipart/related; type=image/jls; transfer-syntax=1.2.840.10008.1.2.4.81')).toBe(undefined)
    expect(choose('multipart/related; type=image/*')).toEqual(['image/jls', true])
  })

  test('is what it prefers, and never what it refuses', () => {
    const both = 'multipart/related;type=image/jls;q=0.5, multipart/related;type="application/octet-stream";q=0.9'
    expect(choose(both)).toEqual(['application/octet-stream', true])
    expect(choose('multipart/related; type=image/jls; q=0')).toBe(undefined)
  })

  test('may be one thing without multipart only where the answer is one', () => {
    expect(choose('application/octet-stream', true)).toEqual(['application/octet-stream', false])
    expect(choose('application/octet-stream', false)).toBe(undefined)
  })

  test('in nonsense is nothing, and harms nothing', () => {
    for (const field of [';;;', '"', 'a', ',,,', '=;="', 'x/y;q=abc'.repeat(1000)])
      expect(choose(field)).toBe(undefined)
  })
})
