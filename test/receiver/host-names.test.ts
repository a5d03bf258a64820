import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createKnocks } from '../../electron/station/receiver/knocks.ts'
import { device, openReceiver, type TestReceiver } from './receiver-for-tests.ts'
import { request } from './rude-bytes.ts'

let station: TestReceiver
afterEach(() => station.close())

const accept = 2
const reject = 3
/** The type of the PDU that a device at this address of the loopback network gets for its A-ASSOCIATE-RQ. */
async function answerTo(localAddress: string): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port: station.station.port, localAddress })
  await once(socket, 'connect')
  socket.write(request())
  const [bytes] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return bytes[0]!
}

// Only Linux has the whole of 127.0.0.0/8 on its loopback interface.
test.skipIf(process.platform !== 'linux')('a device with a host name is let in from where that name is', async () => {
  const asked: string[] = []
  const resolveName = async (name: string) => {
    asked.push(name)
    return ['127.0.0.7']
  }
  station = await openReceiver({ devices: [{ ...device('CT1'), host: 'ct-room' }], resolveName })
  expect([await answerTo('127.0.0.7'), await answerTo('127.0.0.8'), await answerTo('127.0.0.1')]).toEqual([
    accept,
    reject,
    accept,
  ])
  expect(asked).toEqual(['ct-room'])
  expect(station.knocks).toMatchObject([{ reason: 'wrong-address', host: '127.0.0.8' }])
  expect(station.knocks[0]).not.toHaveProperty('unknownHost')
})

test.skipIf(process.platform !== 'linux')(
  'one whose name nobody knows is let in from nowhere, and staff read why',
  async () => {
    const resolveName = async () => {
      throw new Error('ENOTFOUND')
    }
    station = await openReceiver({ devices: [{ ...device('CT1'), host: 'ct-room' }], resolveName })
    expect(await answerTo('127.0.0.7')).toBe(reject)
    expect(station.knocks).toMatchObject([{ reason: 'wrong-address', unknownHost: 'ct-room' }])
    const knocks = createKnocks(station.events)
    knocks.add(station.knocks[0]!)
    expect(knocks.list()[0]?.reason).toMatch(/主机名“ct-room”查不到 IP 地址/)
  },
)
