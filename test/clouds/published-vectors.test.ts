import { sm2 } from 'sm-crypto'
import { describe, expect, it } from 'vitest'
import { aes256EcbHex, openIdentity, sealIdentity } from '../../shared/clouds/aimis/identity-cipher.ts'
import { aimisHeaders, signAimis } from '../../shared/clouds/aimis/signature.ts'
import { openSm2, type Sm2Form, sealSm2 } from '../../shared/clouds/jilin/sm2-field.ts'

const token = '0123456789abcdef0123456789abcdef'

describe('the AIMIS signature', () => {
  it('is HMAC-SHA256: RFC 4231, test case 2', () => {
    const signature = signAimis({ appId: 'what do ya want ', token: 'Jefe', signatureEncoding: 'hex' }, 'for nothing?')
    expect(signature).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
  })

  // printf 'clinic-0011772676000000' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
  it('of appId and milliseconds is what openssl makes of them, hex or Base64', () => {
    const credentials = { appId: 'clinic-001', token, signatureEncoding: 'hex' } as const
    expect(aimisHeaders(credentials, 1772676000000)).toEqual({
      appId: 'clinic-001',
      timestamp: '1772676000000',
      signature: 'b838d29dcda3ebd1ebdc2bce410d56677c772225133b47e47622fdb6e99226c0',
    })
    const base64 = aimisHeaders({ ...credentials, signatureEncoding: 'base64' }, 1772676000000)
    expect(base64.signature).toBe('uDjSnc2j69Hr3CvOQQ1WZ3x3IiUTO0fkdiL9tumSJsA=')
  })
})

describe('the AIMIS identity cipher', () => {
  it('is AES-256-ECB: NIST SP 800-38A, F.1.5, block by block, then one block of padding', () => {
    const key = Buffer.from('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4', 'hex')
    const plain = Buffer.from(
      '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
      'hex',
    )
    const sealed = aes256EcbHex(plain, key)
    expect(sealed.slice(0, 128)).toBe(
      'f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7',
    )
    expect(sealed).toHaveLength(160)
  })

  // printf 13800138000 | openssl enc -aes-256-ecb -K "$(printf 0123456789abcdef0123456789abcdef | xxd -p -c 64)" | xxd -p
  it('seals a phone number as openssl does, and opens either case', () => {
    expect(sealIdentity('13800138000', token)).toBe('554fb5befba4daabdb8169e45db64485')
    expect(openIdentity('554FB5BEFBA4DAABDB8169E45DB64485', token)).toBe('13800138000')
  })

  it('says undefined to what is no cipher text of this token', () => {
    expect(openIdentity('554fb5befba4daabdb8169e45db64486', token)).toBeUndefined()
    expect(openIdentity('zz', token)).toBeUndefined()
    expect(openIdentity('', token)).toBeUndefined()
  })
})

describe('SM2', () => {
  // GB/T 32918.5-2017, annex C.
  const privateKey = '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'
  const publicKey =
    '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'
  const c1 =
    '0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0'
  const c2 = '21886ca989ca9c7d58087307ca93092d651efa'
  const c3 = '59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766'
  const usual: Sm2Form = { order: 'C1C3C2', encoding: 'base64', prefix04: true }

  it('opens the cipher text published in GB/T 32918.5', () => {
    expect(openSm2(c1 + c3 + c2, privateKey, { ...usual, encoding: 'hex' })).toBe('encryption standard')
    expect(openSm2(c1 + c2 + c3, privateKey, { order: 'C1C2C3', encoding: 'hex', prefix04: true })).toBe(
      'encryption standard',
    )
  })

  const forms = (['C1C3C2', 'C1C2C3'] as const).flatMap((order) =>
    (['base64', 'hex'] as const).flatMap((encoding) =>
      [true, false].map((prefix04): Sm2Form => ({ order, encoding, prefix04 })),
    ),
  )
  it.each(forms)('comes back from $order, $encoding, 04 $prefix04', (form) => {
    const sealed = sealSm2('11010519491231002X', publicKey, form) ?? ''
    const bytes = Buffer.from(sealed, form.encoding)
    expect(bytes).toHaveLength((form.prefix04 ? 1 : 0) + 64 + 32 + 18)
    if (form.prefix04) expect(bytes[0]).toBe(4)
    expect(openSm2(sealed, privateKey, form)).toBe('11010519491231002X')
  })

  it('takes a public key with or without 04, and refuses one that is no point of the curve', () => {
    expect(openSm2(sealSm2('中', `04${publicKey}`, usual) ?? '', privateKey, usual)).toBe('中')
    expect(sealSm2('1', `${publicKey.slice(0, -1)}0`, usual)).toBeUndefined()
  })

  it('says undefined to a damaged text and to one for another key', () => {
    const sealed = sealSm2('11010519491231002X', publicKey, usual) ?? ''
    expect(openSm2(sealed, sm2.generateKeyPairHex().privateKey, usual)).toBeUndefined()
    expect(openSm2(`${sealed.slice(0, -6)}AAAA==`, privateKey, usual)).toBeUndefined()
    expect(openSm2('not sealed', privateKey, usual)).toBeUndefined()
  })
})
