import { describe, expect, test } from 'vitest'
import { type AssociationFacts, decideAssociation } from '../../electron/station/receiver/association-policy.ts'
import {
  type AssociationRequest,
  dicomApplicationContext,
  readAssociationRequest,
  writeAssociationRequest,
} from '../../shared/dicom/association-request.ts'

const request = (more: Partial<AssociationRequest> = {}): AssociationRequest => ({
  protocolVersion: 1,
  calledAeTitle: 'YINGZHAN',
  callingAeTitle: 'CT1',
  applicationContext: dicomApplicationContext,
  contexts: [{ id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] }],
  maxPduLength: 16384,
  implementationClassUid: '1.2.3',
  implementationVersionName: 'TEST',
  ...more,
})
const facts = (more: Partial<AssociationFacts> = {}): AssociationFacts => ({
  aeTitle: 'YINGZHAN',
  devices: new Map([['CT1', '']]),
  addressesOf: () => [],
  address: '192.168.1.20',
  acceptUnknown: false,
  associations: 0,
  associationsOfAddress: 0,
  limits: { associations: 16, associationsPerAddress: 8 },
  ...more,
})
const propose = (abstractSyntax: string, ...transferSyntaxes: string[]) => {
  const decision = decideAssociation(request({ contexts: [{ id: 5, abstractSyntax, transferSyntaxes }] }), facts())
  return decision.kind === 'accept' ? decision.contexts[0] : decision
}

describe('who may associate', () => {
  test('a known device that calls this station', () =>
    expect(decideAssociation(request(), facts()).kind).toBe('accept'))

  test('an unknown device is rejected with "calling AE title not recognized"', () => {
    expect(decideAssociation(request({ callingAeTitle: 'NEW' }), facts())).toMatchObject({
      result: 1,
      source: 1,
      reason: 3,
    })
  })
  test('a device that was registered with an address is taken from there and from nowhere else', () => {
    const devices = new Map([['CT1', '192.168.1.20']])
    expect(decideAssociation(request(), facts({ devices })).kind).toBe('accept')
    expect(decideAssociation(request(), facts({ devices, address: '192.168.1.21' }))).toMatchObject({
      why: 'wrong-address',
      reason: 3,
    })
    expect(decideAssociation(request(), facts({ devices, address: '127.0.0.1' })).kind).toBe('accept')
  })
  test('an address is the same however it is written', () => {
    const devices = new Map([['CT1', 'FD00:0::20']])
    expect(decideAssociation(request(), facts({ devices, address: 'fd00::20' })).kind).toBe('accept')
    const mapped = facts({ devices: new Map([['CT1', '::ffff:192.168.1.20']]) })
    expect(decideAssociation(request(), mapped).kind).toBe('accept')
  })
  test('a title of blanks alone is rejected with "calling AE title not recognized", by its bytes and in training mode', () => {
    const blank = readAssociationRequest(writeAssociationRequest(request({ callingAeTitle: '' })), 128)
    for (const acceptUnknown of [false, true])
      expect(decideAssociation(blank, facts({ acceptUnknown }))).toMatchObject({ result: 1, source: 1, reason: 3 })
  })
  test('a device that was registered with a name is taken from where that name is, and from nowhere where nobody knows it', () => {
    const devices = new Map([['CT1', 'ct-room']])
    const addressesOf = (name: string) => (name === 'ct-room' ? ['192.168.1.20', 'fd00::20'] : [])
    for (const address of ['192.168.1.20', 'fd00::20', '127.0.0.1', '::1'])
      expect([address, decideAssociation(request(), facts({ devices, addressesOf, address })).kind]).toEqual([
        address,
        'accept',
      ])
    for (const address of ['192.168.1.21', ''])
      expect(decideAssociation(request(), facts({ devices, addressesOf, address }))).toMatchObject({
        why: 'wrong-address',
      })
    expect(decideAssociation(request(), facts({ devices }))).toMatchObject({ why: 'wrong-address' })
    expect(decideAssociation(request(), facts({ devices, acceptUnknown: true })).kind).toBe('accept')
  })
  test('a device that means another station is rejected with "called AE title not recognized"', () => {
    expect(decideAssociation(request({ calledAeTitle: 'PACS' }), facts())).toMatchObject({
      result: 1,
      source: 1,
      reason: 7,
    })
  })
  test('training mode takes everybody', () => {
    const anybody = request({ callingAeTitle: 'NEW', calledAeTitle: 'PACS' })
    expect(decideAssociation(anybody, facts({ acceptUnknown: true })).kind).toBe('accept')
  })
  test('one association too many is turned away for now, not for good', () => {
    expect(decideAssociation(request(), facts({ associations: 16 }))).toMatchObject({ result: 2, source: 3, reason: 2 })
    expect(decideAssociation(request(), facts({ associationsOfAddress: 8 }))).toMatchObject({ result: 2 })
  })
  test('another application context or protocol is rejected', () => {
    expect(decideAssociation(request({ applicationContext: '1.2' }), facts())).toMatchObject({ source: 1, reason: 2 })
    expect(decideAssociation(request({ protocolVersion: 2 }), facts())).toMatchObject({ source: 2, reason: 2 })
  })
})

describe('what is taken', () => {
  test('every storage class in the first transfer syntax that the sender names', () => {
    for (const storage of ['1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.5.1.4.1.1.999.7', '1.2.276.0.9999.1']) {
      expect(propose(storage, '1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.1')).toMatchObject({
        id: 5,
        result: 0,
        service: 'storage',
        transferSyntax: '1.2.840.10008.1.2.4.90',
      })
    }
  })
  test('query, move and get by patient and by study, performed steps and storage commitment', () => {
    const services = [
      '5.1.4.1.2.1.1',
      '5.1.4.1.2.1.2',
      '5.1.4.1.2.1.3',
      '5.1.4.1.2.2.1',
      '5.1.4.1.2.2.2',
      '5.1.4.1.2.2.3',
    ]
    expect(
      [...services, '3.1.2.3.3', '1.20.1'].map((end) => {
        const answer = propose(`1.2.840.10008.${end}`, '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.1')
        return answer && 'service' in answer && [answer.service, answer.transferSyntax]
      }),
    ).toEqual(
      [
        'query-patient-root',
        'move-patient-root',
        'get-patient-root',
        'query-study-root',
        'move-study-root',
        'get-study-root',
        'performed-step',
        'storage-commitment',
      ].map((service) => [service, '1.2.840.10008.1.2.1']),
    )
  })
  test('no other service of the standard is taken for storage', () => {
    const others = [
      ...['5.1.4.1.2.1.1', '5.1.4.1.2.2.2', '5.1.4.1.2.2.3', '5.1.4.1.2.4.2'],
      ...['1.20.1', '3.1.2.3.3', '3.1.2.3.5', '5.1.1.9', '5.1.1.18', '5.1.1.33', '5.1.4.33', '5.1.4.34.6.1', '1.3.10'],
      ...['5.1.4.34.8', '5.1.4.38.2', '5.1.4.39.4', '5.1.4.43.3', '5.1.4.1.1.200.4', '5.1.4.1.1.201.6', '5.1.4.41'],
    ]
    const taken = others.filter((end) => {
      const answer = propose(`1.2.840.10008.${end}`, '1.2.840.10008.1.2')
      return answer && 'service' in answer && answer.service === 'storage'
    })
    expect(taken).toEqual([])
  })
  test('private and unknown transfer syntaxes', () => {
    for (const syntax of ['1.2.840.113619.5.2', '1.2.840.10008.1.2.4.999', '1.2.840.10008.1.2.2']) {
      expect(propose('1.2.840.10008.5.1.4.1.1.2', syntax)).toMatchObject({ result: 0, transferSyntax: syntax })
    }
  })
  test('no pixels that stay on the sender’s web server', () => {
    const storage = '1.2.840.10008.5.1.4.1.1.2'
    for (const end of ['94', '95', '204', '205']) {
      expect(propose(storage, `1.2.840.10008.1.2.4.${end}`)).toEqual({ id: 5, result: 4 })
    }
    expect(propose(storage, '1.2.840.10008.1.2.4.94', '1.2.840.10008.1.2')).toMatchObject({ result: 0 })
  })
  test('the worklist in little endian only', () => {
    const worklist = '1.2.840.10008.5.1.4.31'
    expect(propose(worklist, '1.2.840.10008.1.2.2')).toEqual({ id: 5, result: 4 })
    expect(propose(worklist, '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.1')).toMatchObject({ service: 'worklist' })
  })
  test('nothing that is not offered', () => {
    expect(propose('1.2.840.10008.5.1.4.39.2', '1.2.840.10008.1.2')).toEqual({ id: 5, result: 3 })
    expect(propose('1.2.840.10008.5.1.1.9', '1.2.840.10008.1.2')).toEqual({ id: 5, result: 3 })
  })
})

describe('roles that a peer proposes for itself (PS3.7 D.3.3.4)', () => {
  const ct = '1.2.840.10008.5.1.4.1.1.2'
  const verification = '1.2.840.10008.1.1'
  const contexts = [
    { id: 1, abstractSyntax: verification, transferSyntaxes: ['1.2.840.10008.1.2'] },
    { id: 3, abstractSyntax: ct, transferSyntaxes: ['1.2.840.10008.1.2'] },
    { id: 5, abstractSyntax: ct, transferSyntaxes: ['1.2.840.10008.1.2.4.90'] },
  ]
  const rolesOf = (roles: AssociationRequest['roles']) => {
    const decision = decideAssociation(request({ contexts, ...(roles && { roles }) }), facts())
    return decision.kind === 'accept' ? decision.contexts.map((context) => context.result === 0 && context.roles) : []
  }
  test('are answered once a class: SCP of storage, of nothing else', () => {
    const both = { scu: true, scp: true }
    expect(rolesOf([{ sopClassUid: ct, ...both }])).toEqual([undefined, both, undefined])
    expect(rolesOf([{ sopClassUid: verification, ...both }])[0]).toEqual({ scu: true, scp: false })
    expect(rolesOf([{ sopClassUid: ct, scu: false, scp: true }])[1]).toEqual({ scu: false, scp: true })
  })
  test('are not answered when nobody asked, or for a class that was not proposed', () => {
    expect(rolesOf(undefined)).toEqual([undefined, undefined, undefined])
    expect(rolesOf([{ sopClassUid: '1.2.3', scu: true, scp: true }])).toEqual([undefined, undefined, undefined])
  })
})

describe('an A-ASSOCIATE-RQ in bytes', () => {
  test('is read as it was written', () => {
    expect(readAssociationRequest(writeAssociationRequest(request()), 128)).toEqual(request())
    const roles = [{ sopClassUid: '1.2.840.10008.1.20.1', scu: true, scp: false }]
    expect(readAssociationRequest(writeAssociationRequest(request({ roles })), 128)).toEqual(request({ roles }))
  })
  test('cut off or changed anywhere is a violation or another request, never anything else', () => {
    const bytes = writeAssociationRequest(request())
    for (let at = 0; at < bytes.length; at++) {
      expect(() => readAssociationRequest(bytes.subarray(0, at), 128)).toThrow()
      for (const value of [0, 1, 0x50, 0xff]) {
        const changed = Buffer.from(bytes)
        changed[at] = value
        try {
          readAssociationRequest(changed, 128)
        } catch (error) {
          expect((error as Error).name).toBe('PeerViolation')
        }
      }
    }
  })
})
