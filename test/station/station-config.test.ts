import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readStationConfig } from '../../electron/station/station-config.ts'
import { codeOf, expectOk } from '../db/rooms-for-tests.ts'

const read = (args: string[] = [], env: Record<string, string> = {}) => expectOk(readStationConfig(args, env))

describe('what the station is told from outside', () => {
  test('has the defaults of the interfaces', () => {
    expect(read()).toMatchObject({ dicomPort: 11112, training: false, adminPassword: undefined, dataKey: undefined })
  })

  test('comes from flags, else from the environment by the same names', () => {
    const env = {
      STATION_DATA: join('/', 'env'),
      STATION_HTTP_PORT: '1001',
      STATION_DICOM_HOST: '10.0.0.1',
      STATION_DICOM_PORT: '1002',
      STATION_AE_TITLE: 'FROM_ENV',
      STATION_TRAINING: '1',
      STATION_ADMIN_PASSWORD: 'Password-1',
    }
    expect(read([], env)).toMatchObject({
      dataFolder: join('/', 'env'),
      httpPort: 1001,
      dicomHost: '10.0.0.1',
      dicomPort: 1002,
      aeTitle: 'FROM_ENV',
      training: true,
      adminPassword: 'Password-1',
    })
    const flags = [
      '--data',
      join('/', 'flag'),
      '--http-port',
      '0',
      '--dicom-host',
      '127.0.0.1',
      '--dicom-port',
      '0',
      '--ae-title',
      'FLAG',
      '--headless',
    ]
    expect(read(flags, env)).toMatchObject({
      dataFolder: join('/', 'flag'),
      httpPort: 0,
      dicomHost: '127.0.0.1',
      dicomPort: 0,
      aeTitle: 'FLAG',
    })
  })

  test.each(['', '0', 'false', 'no', 'FALSE'])('STATION_TRAINING=%j is not training', (text) => {
    expect(read([], { STATION_TRAINING: text }).training).toBe(false)
  })

  test.each([
    [['--http-port', '65536']],
    [['--http-port', '-1']],
    [['--http-port', '80.5']],
    [['--dicom-port', 'x']],
    [['--ae-title', '']],
    [['--ae-title', 'A\\B']],
    [['--what']],
    [['surplus']],
    [['--data']],
  ])('%j is refused by name', (args) => {
    expect(codeOf(readStationConfig(args, {}))).toBe('BAD-FLAG')
  })
})
