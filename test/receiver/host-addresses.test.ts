import { describe, expect, test } from 'vitest'
import { createHostAddresses } from '../../electron/station/receiver/host-addresses.ts'

/** A name server whose answers are changed by the test; undefined: it does not know the name. */
function nameServer() {
  const names = new Map<string, readonly string[]>()
  const asked: string[] = []
  let now = 1_000_000
  const hosts = createHostAddresses(
    () => now,
    async (name) => {
      asked.push(name)
      const found = names.get(name)
      if (!found) throw new Error('ENOTFOUND')
      return found
    },
  )
  const advance = (milliseconds: number) => {
    now += milliseconds
  }
  return { names, asked, hosts, advance }
}

describe('the addresses of a host name', () => {
  test('are asked for once a minute, by several at once only once', async () => {
    const { names, asked, hosts, advance } = nameServer()
    names.set('ct-room', ['192.168.1.20', '::ffff:192.168.1.22'])
    expect(hosts.of('ct-room')).toEqual([])
    await Promise.all([hosts.lookUp('ct-room'), hosts.lookUp('ct-room')])
    advance(59_000)
    await hosts.lookUp('ct-room')
    expect(hosts.of('ct-room')).toEqual(['192.168.1.20', '192.168.1.22'])
    expect(asked).toHaveLength(1)
    names.set('ct-room', ['192.168.1.30'])
    advance(1001)
    await hosts.lookUp('ct-room')
    expect(hosts.of('ct-room')).toEqual(['192.168.1.30'])
    expect(asked).toHaveLength(2)
  })

  test('that nobody knows are none, and asked for again after a minute', async () => {
    const { names, asked, hosts, advance } = nameServer()
    for (let i = 0; i < 3; i++) await hosts.lookUp('ct-room')
    expect([hosts.of('ct-room'), asked.length]).toEqual([[], 1])
    names.set('ct-room', ['192.168.1.20'])
    advance(60_001)
    await hosts.lookUp('ct-room')
    expect(hosts.of('ct-room')).toEqual(['192.168.1.20'])
  })

  test('stay what they were while nobody answers', async () => {
    const { names, hosts, advance } = nameServer()
    names.set('ct-room', ['192.168.1.20'])
    await hosts.lookUp('ct-room')
    names.delete('ct-room')
    advance(120_000)
    await hosts.lookUp('ct-room')
    expect(hosts.of('ct-room')).toEqual(['192.168.1.20'])
  })

  test('are asked for names only', async () => {
    const { asked, hosts } = nameServer()
    for (const host of ['', '192.168.1.20', 'fd00::1', '192.168.1.300']) await hosts.lookUp(host)
    expect(asked).toEqual([])
  })

  test('by the system’s own resolver are those of this computer for its own name', async () => {
    const hosts = createHostAddresses(Date.now)
    await hosts.lookUp('localhost')
    expect(hosts.of('localhost').some((address) => address === '127.0.0.1' || address === '::1')).toBe(true)
  })
})
