import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { migrations } from '../../electron/station/db/migrations/index.ts'
import { openDatabase } from '../../electron/station/db/open-database.ts'
import { registration } from '../api/fixtures.ts'
import { runStation, type StationOptions, startStation } from '../stand-ins/station-for-tests.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(options: StationOptions = {}) {
  const station = await startStation(options)
  closing.push(station.stop)
  return station
}

/** Starts a station that must not start: what it said, and its exit code. */
async function startInVain(options: StationOptions = {}) {
  const running = runStation(options)
  closing.push(() => running.child.kill('SIGKILL'))
  const line = await running.first
  const code = await running.ended
  if (line.event !== 'failed') throw new Error('the station started')
  return { ...line, exitCode: code, err: running.printed.err }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-station-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function occupy(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1')
  closing.push(() => server.close())
  await once(server, 'listening')
  return { server, port: (server.address() as { port: number }).port }
}

describe('the station as a program', () => {
  test('says in one line of JSON that it is ready, and nothing else on stdout', async () => {
    const station = await start({ args: ['--training', '--ae-title', 'CLINIC'] })
    const lines = station.printed.out.trim().split('\n')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toEqual({
      event: 'ready',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
      dicom: { aeTitle: 'CLINIC', host: '127.0.0.1', port: expect.any(Number) },
      data: station.dataFolder,
    })
  })

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'stops on %s within 5 seconds with exit code 0, with a watcher connected',
    async (signal) => {
      const station = await start()
      const watcher = await fetch(`${station.url}api/events`, { headers: { authorization: `Bearer ${station.token}` } })
      const began = performance.now()
      expect(await station.end(signal)).toBe(0)
      expect(performance.now() - began).toBeLessThan(5000)
      await watcher.body?.cancel().catch(() => {})
    },
  )

  test('keeps what was acknowledged when it is killed, and starts again on the same folder', async () => {
    const station = await start()
    const exam = await station.api.examRegister({ body: registration() })
    await station.end('SIGKILL')
    const again = await start({ dataFolder: station.dataFolder })
    const page = await again.api.examRead({ params: { id: exam.id } })
    expect(page.exam.accessionNumber).toBe(exam.accessionNumber)
    expect(
      (await again.api.auditList({ query: { subjectKind: 'exam', subjectId: exam.id } })).map((row) => row.action),
    ).toEqual(['register-exam'])
  })

  test('a second one on the same folder is refused in words, and the first goes on', async () => {
    const station = await start()
    const second = await startInVain({ dataFolder: station.dataFolder })
    expect(second).toMatchObject({ code: 'DATA-IN-USE', message: '数据文件夹正被另一个影站使用' })
    expect(second.exitCode).not.toBe(0)
    expect(second.err).toContain('DATA-IN-USE')
    expect((await station.api.health()).ok).toBe(true)
  })

  test.each([
    ['http-port', '网页服务'],
    ['dicom-port', 'DICOM'],
  ])(
    'a port that is taken (--%s) is said with its number and what to do, and leaves no lock behind',
    async (flag, what) => {
      const { server, port } = await occupy()
      const dataFolder = newFolder()
      const failed = await startInVain({ dataFolder, args: [`--${flag}`, String(port)] })
      expect(failed.code).toBe('PORT-IN-USE')
      expect(failed.exitCode).toBeGreaterThan(0)
      expect(failed.message).toContain(String(port))
      expect(failed.message).toContain(what)
      expect(failed.action).toContain(`--${flag}`)
      server.close()
      const station = await start({ dataFolder, args: [`--${flag}`, String(port)] })
      expect(await station.end()).toBe(0)
    },
  )

  test('data written by a newer program is refused and stays as it was', async () => {
    const dataFolder = newFolder()
    const file = join(dataFolder, 'station.db')
    const db = await openDatabase(file)
    db.pragma(`user_version = ${migrations.length + 1}`)
    db.close()
    const before = readFileSync(file)
    const failed = await startInVain({ dataFolder })
    expect(failed.exitCode).toBeGreaterThan(0)
    expect(failed.code).toMatch(/^DATA-/)
    expect(failed.message).toMatch(/\p{Script=Han}/u)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('a database that is none, and a key that is another one, are refused in words', async () => {
    const broken = newFolder()
    writeFileSync(join(broken, 'station.db'), 'this is no database, but long enough to be read as one'.repeat(50))
    const noDatabase = await startInVain({ dataFolder: broken })
    expect(noDatabase.code).toBe('DATA-UNUSABLE')
    expect(noDatabase.exitCode).toBeGreaterThan(0)
    const badKey = await startInVain({ dataFolder: newFolder(), env: { STATION_DATA_KEY: 'abc' } })
    expect(badKey.code).toBe('KEY-WRONG')
    expect(badKey.exitCode).toBeGreaterThan(0)
  })

  test('a flag that nobody knows is refused in words', async () => {
    const failed = await startInVain({ args: ['--no-such-flag'] })
    expect(failed).toMatchObject({ code: 'BAD-FLAG', exitCode: 1 })
    expect((await startInVain({ args: ['--ae-title', 'A'.repeat(17)] })).code).toBe('BAD-FLAG')
  })
})

describe('watchers', () => {
  test('are told of a registration, without any data of it', async () => {
    const station = await start()
    const answer = await fetch(`${station.url}api/events`, { headers: { authorization: `Bearer ${station.token}` } })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const readUntil = async (wanted: string) => {
      while (!text.includes(wanted)) {
        const { done, value } = await reader.read()
        if (done) throw new Error(`the stream ended: ${text}`)
        text += value
      }
    }
    await readUntil(': connected')
    const exam = await station.api.examRegister({ body: registration('张伟', { phone: '13800001234' }) })
    await readUntil(exam.id)
    const events = [...text.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1]!))
    expect(events).toContainEqual({ topic: 'exams', id: exam.id })
    expect(text).not.toMatch(/张伟|13800001234/)
    await reader.cancel()
    expect((await station.api.health()).ok).toBe(true)
  })

  test('who are not logged in get no stream', async () => {
    const station = await start()
    expect((await fetch(`${station.url}api/events`)).status).toBe(401)
  })
})
