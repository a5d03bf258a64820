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
    expect(decideAssociation(request(), facts({ devices: new Map([['CT1', 'ct-room']]) })).kind).toBe('accept')
    expect(decideAssociation(request(), facts({ devices, address: '127.0.0.1' })).kind).toBe('accept')
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
  test('no pixels that stay on the sender’s web server', () => {
    const storage = '1.2.840.10008.5.1.4.1.1.2'
    expect(propose(storage, '1.2.840.10008.1.2.4.94')).toEqual({ id: 5, result: 4 })
    expect(propose(storage, '1.2.840.10008.1.2.4.94', '1.2.840.10008.1.2')).toMatchObject({ result: 0 })
  })
  test('the worklist in little endian only', () => {
    const worklist = '1.2.840.10008.5.1.4.31'
    expect(propose(worklist, '1.2.840.10008.1.2.2')).toEqual({ id: 5, result: 4 })
    expect(propose(worklist, '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.1')).toMatchObject({ service: 'worklist' })
  })
  test('nothing that is not offered', () => {
    expect(propose('1.2.840.10008.5.1.4.1.2.2.1', '1.2.840.10008.1.2')).toEqual({ id: 5, result: 3 })
    expect(propose('1.2.840.10008.3.1.2.3.3', '1.2.840.10008.1.2')).toEqual({ id: 5, result: 3 })
  })
})

describe('an A-ASSOCIATE-RQ in bytes', () => {
  test('is read as it was written', () => {
    expect(readAssociationRequest(writeAssociationRequest(request()), 128)).toEqual(request())
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
