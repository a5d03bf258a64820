import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { stationEnvironment, stationNodeFlags } from '../../electron/station/process-options.ts'

test('this Node takes the flags that the station is run with', () => {
  const said = spawnSync(process.execPath, [...stationNodeFlags, '-p', '6 * 7'], { encoding: 'utf8' })
  expect(said).toMatchObject({ status: 0, stdout: '42\n', stderr: '' })
})

test('threads for the disk are more than Node has by itself, unless somebody says otherwise', () => {
  expect(stationEnvironment({ HOME: '/home/x' })).toEqual({
    HOME: '/home/x',
    UV_THREADPOOL_SIZE: '8',
    MALLOC_ARENA_MAX: '2',
  })
  expect(stationEnvironment({ UV_THREADPOOL_SIZE: '16' })).toMatchObject({ UV_THREADPOOL_SIZE: '16' })
})
