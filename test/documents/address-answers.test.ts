import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createAddressAnswers } from '../../electron/station/documents/address-answers.ts'
import { createFindHost, type Lookup } from '../../electron/station/documents/find-host.ts'
import { createLog } from '../../electron/station/log.ts'

const servers: Server[] = []
const rooms: { stop: () => void }[] = []
afterEach(async () => {
  for (const room of rooms.splice(0)) room.stop()
  for (const server of servers.splice(0))
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
})

const minute = 60_000

/** A cloud's web server on this computer, and what it was asked. */
async function serve(answer: RequestListener) {
  const asked: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    headers.push(request.headers)
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, headers, server }
}

function openRoom(options: { readonly lookup?: Lookup; readonly cloudHosts?: readonly string[] } = {}) {
  let now = 1_800_000_000_000
  const clock = () => now
  const room = { log: '', news: 0 }
  const answers = createAddressAnswers({
    findHost: createFindHost(clock, options.lookup),
    cloudHosts: () => options.cloudHosts ?? [],
    trustOf: () => undefined,
    clock,
    log: createLog({
      write: (line) => {
        room.log += line
      },
    }),
    onNews: () => {
      room.news += 1
    },
  })
  rooms.push(answers)
  const pass = (ms: number) => {
    now += ms
  }
  return { ...answers, room, pass }
}

const always =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers).end('x')
  }

const nowhere = Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' })

describe('the address of a QR', () => {
  test('answers: one HEAD without cookie or anything of the station, and ten minutes nobody asks again', async () => {
    const cloud = await serve(always(200))
    const { answers, pass } = openRoom()
    expect(await answers(`${cloud.url}/film?k=1`)).toBe('answers')
    pass(9 * minute)
    expect(await answers(`${cloud.url}/film?k=1`)).toBe('answers')
    expect(cloud.asked).toEqual(['HEAD /film?k=1'])
    expect(Object.keys(cloud.headers[0] ?? {}).sort()).toEqual(['accept', 'connection', 'host', 'user-agent'])
    pass(2 * minute)
    await answers(`${cloud.url}/film?k=1`)
    expect(cloud.asked).toHaveLength(2)
  })

  test.each([404, 410])(
    'is dead where GET too says %i; the log names the host and nothing behind it',
    async (status) => {
      const cloud = await serve(always(status))
      const { answers, room } = openRoom()
      expect(await answers(`${cloud.url}/film?key=secret`)).toBe('dead')
      expect(cloud.asked).toEqual(['HEAD /film?key=secret', 'GET /film?key=secret'])
      expect(room.log).toContain(new URL(cloud.url).host)
      expect(room.log).not.toMatch(/secret|film/)
    },
  )

  test.each([405, 501, 404])('that says %i to HEAD and 200 to GET answers', async (status) => {
    const cloud = await serve((request, response) => response.writeHead(request.method === 'HEAD' ? status : 200).end())
    expect(await openRoom().answers(cloud.url)).toBe('answers')
  })

  test('is followed where it leads, and what stands at the end counts', async () => {
    const cloud = await serve((request, response) => {
      if (request.url === '/end') response.writeHead(404).end()
      else response.writeHead(302, { location: request.url === '/old' ? '/older' : '/end' }).end()
    })
    expect(await openRoom().answers(`${cloud.url}/old`)).toBe('dead')
    expect(cloud.asked).toEqual(['HEAD /old', 'HEAD /older', 'HEAD /end', 'GET /end'])
  })

  test('that leads in a circle is left after three turns, and nobody knows', async () => {
    const cloud = await serve(always(302, { location: '/round' }))
    expect(await openRoom().answers(cloud.url)).toBe('unknown')
    expect(cloud.asked).toHaveLength(4)
  })

  test('with a body that never ends is not read', async () => {
    const cloud = await serve((request, response) => {
      if (request.method === 'HEAD') response.writeHead(405).end()
      else response.writeHead(200).write('x'.repeat(100_000))
    })
    expect(await openRoom().answers(cloud.url)).toBe('answers')
  })

  test('behind a closed port is unknown: a gateway may be starting anew', async () => {
    const cloud = await serve(always(200))
    await new Promise((resolve) => cloud.server.close(resolve))
    expect(await openRoom().answers(cloud.url)).toBe('unknown')
  })

  test('that takes the question and says nothing is unknown, and the next print does not wait for that host', async () => {
    const cloud = await serve(() => {})
    const { answers, pass } = openRoom()
    expect(await answers(`${cloud.url}/1`)).toBe('unknown')
    expect(await answers(`${cloud.url}/2`)).toBe('unknown')
    expect(cloud.asked).toEqual(['HEAD /1'])
    pass(31_000)
    // Asked behind: an unknown that were waited for would come after the server's answer, which there is none.
    const atOnce = await Promise.race([
      answers(`${cloud.url}/2`),
      new Promise((resolve) => setImmediate(resolve, 'late')),
    ])
    expect(atOnce).toBe('unknown')
    await expect.poll(() => cloud.asked).toContain('HEAD /2')
  })

  test('that speaks no HTTP is unknown', async () => {
    const cloud = await serve(always(200))
    expect(await openRoom().answers(cloud.url.replace('http:', 'https:'))).toBe('unknown')
  })

  test('that many print at once is asked once', async () => {
    const cloud = await serve(always(200))
    const { answers } = openRoom()
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => answers(cloud.url))))).toEqual(
      new Set(['answers']),
    )
    expect(cloud.asked).toHaveLength(1)
  })

  test('of each of fifty cards is asked, eight at a time', async () => {
    let open = 0
    let most = 0
    const cloud = await serve((_request, response) => {
      open += 1
      most = Math.max(most, open)
      setImmediate(() => {
        open -= 1
        response.writeHead(200).end()
      })
    })
    const { answers } = openRoom()
    const found = await Promise.all(Array.from({ length: 50 }, (_, at) => answers(`${cloud.url}/${at}`)))
    expect(found.filter((one) => one === 'answers')).toHaveLength(50)
    expect(cloud.asked).toHaveLength(50)
    expect(most).toBeLessThanOrEqual(8)
  })
})

describe('a dead address', () => {
  test('is asked again after two minutes, and printed once it answers', async () => {
    let status = 404
    const cloud = await serve((_request, response) => response.writeHead(status).end())
    const { answers, pass } = openRoom()
    expect(await answers(cloud.url)).toBe('dead')
    status = 200
    expect(await answers(cloud.url)).toBe('dead')
    pass(2 * minute)
    expect(await answers(cloud.url)).toBe('answers')
  })

  test('stays dead while the line is down, for an hour', async () => {
    let status = 404
    const cloud = await serve((_request, response) => response.writeHead(status).end())
    const { answers, pass } = openRoom()
    expect(await answers(cloud.url)).toBe('dead')
    status = 503
    pass(3 * minute)
    expect(await answers(cloud.url)).toBe('dead')
    pass(60 * minute)
    expect(await answers(cloud.url)).toBe('unknown')
  })

  test('is known to the list without waiting, and the list hears when it answers again', async () => {
    let status = 404
    const cloud = await serve((_request, response) => response.writeHead(status).end())
    const { lastKnown, pass, room } = openRoom()
    expect(lastKnown(cloud.url)).toBe('unknown')
    await expect.poll(() => room.news).toBe(1)
    expect(lastKnown(cloud.url)).toBe('dead')
    status = 200
    pass(3 * minute)
    expect(lastKnown(cloud.url)).toBe('dead')
    await expect.poll(() => room.news).toBe(2)
    expect(lastKnown(cloud.url)).toBe('answers')
  })

  test('costs the list six questions a minute at most', async () => {
    const cloud = await serve(always(404))
    const { lastKnown, pass, room } = openRoom()
    const all = () => Array.from({ length: 30 }, (_, at) => lastKnown(`${cloud.url}/${at}`))
    all()
    await expect.poll(() => room.news).toBe(6)
    all()
    pass(minute)
    all()
    await expect.poll(() => room.news).toBe(12)
    expect(new Set(cloud.asked).size).toBe(24)
  })
})

describe('a name that the name server does not know', () => {
  const lookup: Lookup = async (host) => {
    if (host === 'gone.film.cn') throw nowhere
    if (host === 'cloud.gov.cn') return [{ address: '59.72.1.1' }]
    if (host === 'inside.gov.cn') return [{ address: '10.1.2.3' }]
    throw Object.assign(new Error('EAI_AGAIN'), { code: 'EAI_AGAIN' })
  }
  const address = 'https://gone.film.cn/1'

  test('is dead while a cloud leads to the open internet', async () => {
    expect(await openRoom({ lookup, cloudHosts: ['off.gov.cn', 'cloud.gov.cn'] }).answers(address)).toBe('dead')
  })

  test.each([[[]], [['inside.gov.cn']], [['off.gov.cn']], [['gone.film.cn']], [['10.1.2.3', '127.0.0.1']]])(
    'is unknown without a line, and where only names of a leased line are known (%j)',
    async (cloudHosts) => {
      expect(await openRoom({ lookup, cloudHosts }).answers(address)).toBe('unknown')
    },
  )

  test('is nothing that training addresses are asked for', async () => {
    const asked: string[] = []
    const room = openRoom({
      cloudHosts: ['cloud.gov.cn'],
      lookup: async (host) => {
        asked.push(host)
        throw nowhere
      },
    })
    expect(await room.answers('https://training.invalid/study/1')).toBe('unknown')
    expect(asked).toEqual([])
  })

  test('that never answers holds nobody longer than the print waits, and is asked once', async () => {
    let asked = 0
    const { answers } = openRoom({
      lookup: () => {
        asked += 1
        return new Promise(() => {})
      },
    })
    const found = await Promise.all([1, 2, 3].map((at) => answers(`https://slow.film.cn/${at}`)))
    expect(found).toEqual(['unknown', 'unknown', 'unknown'])
    expect(asked).toBe(1)
  })
})
