import { join } from 'node:path'
import { expect, test } from 'vitest'
import { trainingStart } from '../../electron/main/training-start.ts'

const place = join('/home/clinic', 'training')
const station = ['--training', '--data', join(place, 'data'), '--http-port', '0', '--dicom-port', '0']
const ending = [`--user-data-dir=${place}`, '--', ...station, '--dicom-host', '127.0.0.1']

test('training has data, a window and ports of its own, whatever the real station was started with', () => {
  const argv = [
    '/opt/station',
    '--no-sandbox',
    '--inspect=0',
    '--remote-debugging-port=0',
    '--user-data-dir=/home/clinic',
  ]
  const flags = ['--', '--data', '/real', '--dicom-port', '11112']
  const env = {
    PATH: '/bin',
    STATION_DATA: '/real',
    STATION_DATA_KEY: 'ab',
    STATION_HTTP_PORT: '8712',
    STATION_NODE: '/node',
  }
  expect(trainingStart({ argv: [...argv, '/program', ...flags], userData: '/home/clinic', env })).toEqual({
    args: ['--no-sandbox', '/program', ...ending],
    env: { PATH: '/bin', STATION_NODE: '/node' },
  })
})

test('flags of the station without a separator are left out with their values', () => {
  const argv = ['/opt/station', '--data', '/real', '--ae-title=CLINIC', '--hidden']
  expect(trainingStart({ argv, userData: '/home/clinic', env: {} }).args).toEqual(['--hidden', ...ending])
})
