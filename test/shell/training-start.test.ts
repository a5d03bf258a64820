import { join } from 'node:path'
import { expect, test } from 'vitest'
import { institutionNameOf, trainingStart } from '../../electron/main/training-start.ts'

const place = join('/home/clinic', 'training')
const station = ['--training-for', '城东诊所', '--data', join(place, 'data'), '--http-port', '0', '--dicom-port', '0']
const ending = [`--user-data-dir=${place}`, '--', ...station, '--dicom-host', '127.0.0.1']

const clinic = { userData: '/home/clinic', institutionName: '城东诊所' }

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
  expect(trainingStart({ ...clinic, argv: [...argv, '/program', ...flags], env })).toEqual({
    args: ['--no-sandbox', '/program', ...ending],
    env: { PATH: '/bin', STATION_NODE: '/node' },
  })
})

test('flags of the station without a separator are left out with their values', () => {
  const argv = ['/opt/station', '--data', '/real', '--ae-title=CLINIC', '--hidden']
  expect(trainingStart({ ...clinic, argv, env: {} }).args).toEqual(['--hidden', ...ending])
})

test('a training window opens no second one with what it was started with', () => {
  const argv = ['/opt/station', '--training-for', '城西诊所', '--hidden']
  expect(trainingStart({ ...clinic, argv, env: { STATION_TRAINING_FOR: '城西诊所' } })).toEqual({
    args: ['--hidden', ...ending],
    env: {},
  })
})

test('the institution’s name is one argument and no flag, whatever the page says', () => {
  expect(institutionNameOf('城东诊所')).toBe('城东诊所')
  expect(institutionNameOf('--data=/real\n')).toBe('data=/real')
  for (const nothing of [undefined, 7, ' ', '-- ']) expect(institutionNameOf(nothing)).toBe('训练')
  expect(institutionNameOf('诊'.repeat(99))).toHaveLength(60)
})
