// The least that can stand for a station before the shell: one page, the ready line, an orderly end. FAIL_WITH makes it die at once.
import { createServer } from 'node:http'

if (process.env.FAIL_WITH) {
  console.error(process.env.FAIL_WITH)
  process.exit(1)
}

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(`<!doctype html><title>影站</title><h1>影站</h1><p id="args">${process.argv.slice(2).join(' ')}</p>`)
})
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ event: 'ready', url: `http://127.0.0.1:${server.address().port}/` }))
})

function stop() {
  server.close(() => process.exit(0))
  server.closeAllConnections()
}
process.on('SIGTERM', stop)
process.on('message', (message) => message === 'stop' && stop())
