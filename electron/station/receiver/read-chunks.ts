import { Socket, type SocketConstructorOpts } from 'node:net'

/** What one read may bring: more at once saves waking up, and each connection holds this much. */
const readSize = 256 * 1024

/** What is read from a connection, one chunk at a time. A chunk's memory is used again when the next one is asked for. */
export type Chunks = AsyncIterable<Buffer>

/** What `net` keeps to itself, as Node 20 to 24 have it. */
type SocketWithin = { _handle?: SocketConstructorOpts['handle'] | null }

/**
 * An accepted connection (of a server with `pauseOnConnect`), read into one buffer over and over. Node would take new memory for every
 * 64 KiB, and collecting that costs more time than the disk does. The given socket is empty afterwards: the returned one has the line.
 */
export function readIntoOneBuffer(accepted: Socket): { readonly socket: Socket; readonly chunks: Chunks } {
  const within = accepted as unknown as SocketWithin
  const handle = within._handle
  if (!handle) return { socket: accepted, chunks: chunksOf(accepted) }
  let unread: Buffer | undefined
  let wake = () => {}
  const socket = new Socket({
    handle,
    readable: true,
    writable: true,
    onread: {
      buffer: Buffer.allocUnsafeSlow(readSize),
      callback(length, buffer) {
        unread = Buffer.from(buffer.buffer, buffer.byteOffset, length)
        wake()
        return false // not another byte before this one was taken
      },
    },
  })
  // The server counts the sockets it accepted: this one is over, without its line.
  within._handle = null
  accepted.destroy()

  let state: 'open' | 'ended' | 'closed' = 'open'
  let failure: Error | undefined
  socket.on('error', (error) => {
    failure = error
    wake()
  })
  socket.on('end', () => {
    state = 'ended'
    wake()
  })
  socket.on('close', () => {
    if (state === 'open') state = 'closed'
    wake()
  })

  async function* read(): AsyncGenerator<Buffer> {
    for (;;) {
      if (unread) {
        const chunk = unread
        unread = undefined
        yield chunk
        continue
      }
      if (failure) throw failure
      if (state === 'ended') return
      if (state === 'closed') throw Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' })
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      socket.resume()
      await woken
    }
  }
  return { socket, chunks: read() }
}

/** Of a socket that is read as usual. Leaving the loop does not destroy it: an A-ABORT still has to go out. */
export function chunksOf(socket: Socket): Chunks {
  return socket.iterator({ destroyOnReturn: false })
}
