import { describe, expect, test } from 'vitest'
import { createSecretBox } from '../../electron/station/settings/secret-box.ts'

const box = createSecretBox(Buffer.alloc(32, 1))

describe('the secret box', () => {
  test('opens what it sealed, and the same text looks different each time', () => {
    const [a, b] = [box.seal('220102198803051111', 'patient/1'), box.seal('220102198803051111', 'patient/1')]
    expect(box.open(a, 'patient/1')).toBe('220102198803051111')
    expect(a.equals(b)).toBe(false)
    expect(a.toString('latin1')).not.toContain('2201021988')
    expect(box.open(box.seal('', 'x'), 'x')).toBe('')
    expect(box.open(box.seal('密钥🔑', 'x'), 'x')).toBe('密钥🔑')
  })

  test('opens nothing that was moved to another place, changed, cut, or sealed with another key', () => {
    const sealed = box.seal('secret', 'patient/1')
    const changed = Buffer.from(sealed)
    changed[changed.length - 1]! ^= 1
    const refused = [
      () => box.open(sealed, 'patient/2'),
      () => box.open(changed, 'patient/1'),
      () => box.open(sealed.subarray(0, 20), 'patient/1'),
      () => box.open(Buffer.alloc(0), 'patient/1'),
      () => createSecretBox(Buffer.alloc(32, 2)).open(sealed, 'patient/1'),
    ]
    for (const open of refused) expect(open).toThrow(/KEY-WRONG/)
  })

  test('a shortened tag is not taken for a whole one', () => {
    // GCM accepts 4-byte tags unless told otherwise: nonce, 4 bytes of the tag, nothing else.
    expect(() => box.open(box.seal('', 'x').subarray(0, 16), 'x')).toThrow(/KEY-WRONG/)
  })

  test('finds an equal text by a digest that depends on the key', () => {
    expect(box.fingerprint('a')).toBe(box.fingerprint('a'))
    expect(box.fingerprint('a')).not.toBe(box.fingerprint('b'))
    expect(createSecretBox(Buffer.alloc(32, 2)).fingerprint('a')).not.toBe(box.fingerprint('a'))
  })
})
