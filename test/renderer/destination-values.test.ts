import { describe, expect, test } from 'vitest'
import {
  type DestinationValues,
  destinationBody,
  firstValues,
} from '../../renderer/features/settings/destination-values.ts'
import { destinationInputSchema } from '../../shared/models/destination.ts'

const jilin: DestinationValues = {
  ...firstValues('jilin', '省影像云'),
  settings: {
    ...firstValues('jilin', '').settings,
    baseUrl: 'https://cloud.example',
    uid: 'U1',
    appSecret: 's3cret',
    sm2PublicKey: `04${'a'.repeat(128)}`,
    tls: { caPem: '', fingerprint: '' },
  },
}

describe('a new destination', () => {
  test('is one that the model takes, with empty fields left out', () => {
    const body = destinationBody('jilin', undefined, jilin)
    expect(body).not.toHaveProperty('settings.tls')
    expect(destinationInputSchema.safeParse(body).success).toBe(true)
  })
})

describe('a change', () => {
  const { appSecret: _, ...known } = jilin.settings
  const before = { ...jilin, settings: known }

  test('leaves a secret alone that nobody typed', () => {
    const body = destinationBody('jilin', before, { ...before, settings: { ...known, appSecret: undefined } })
    expect(body).not.toHaveProperty('settings.appSecret')
    expect(body).not.toHaveProperty('kind')
  })

  test('sends a secret that was typed', () => {
    const body = destinationBody('jilin', before, { ...before, settings: { ...known, appSecret: 'new' } })
    expect(body).toHaveProperty('settings.appSecret', 'new')
  })

  test('empties what was emptied', () => {
    const aimis = { name: 'a', enabled: true, settings: { hospitalId: 'H1', unionId: '' } }
    const body = destinationBody('aimis', aimis, { ...aimis, settings: { hospitalId: '', unionId: '' } })
    expect(body).toHaveProperty('settings.hospitalId', null)
    expect(body).not.toHaveProperty('settings.unionId')
  })

  test('takes a trusted fingerprint away, and a callback port, while what stands beside them stays', () => {
    const settings = { tls: { caPem: 'PEM', fingerprint: 'ab' }, callback: { enabled: true, port: 9000 } }
    const aimis = { name: 'a', enabled: true, settings }
    const after = { tls: { caPem: 'PEM', fingerprint: '' }, callback: { enabled: false, port: null } }
    const body = destinationBody('aimis', aimis, { ...aimis, settings: after })
    expect(body.settings).toEqual({
      tls: { caPem: 'PEM', fingerprint: null },
      callback: { enabled: false, port: null },
    })
  })

  test('a PACS that is reached another way forgets address, user and password', () => {
    const pacs = { name: 'p', enabled: true, settings: { dicomWebUrl: 'https://pacs.example', username: 'u' } }
    const body = destinationBody('pacs', pacs, { ...pacs, settings: { dicom: { aeTitle: 'P', host: 'h', port: 104 } } })
    expect(body.settings).toMatchObject({ dicomWebUrl: null, username: null, password: null })
  })
})
