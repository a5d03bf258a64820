// What `electron [flags] path` runs first in the stand-in Electron, where Electron's own default app is missing: it opens the
// program at the path. Packed into resources/default_app.asar by electron-runtime.ts. It does what Electron's own does, no more.
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const modules = []
let target
const args = process.argv.slice(1)
while (args.length > 0 && target === undefined) {
  const arg = args.shift()
  if (arg === '-v' || arg === '--version') {
    console.log(`v${process.versions.electron}`)
    process.exit(0)
  } else if (arg === '-r' || arg === '--require') modules.push(args.shift())
  else if (!arg.startsWith('-')) target = path.resolve(arg)
}
if (target === undefined) {
  console.error('usage: electron [flags] path')
  process.exit(1)
}

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
if (modules.length > 0) Module._preloadModules(modules)

const description = path.join(target, 'package.json')
const isFolder = existsSync(description)
if (isFolder) {
  const { name, productName, version } = JSON.parse(readFileSync(description, 'utf8'))
  if (version) app.setVersion(version)
  if (productName ?? name) app.setName(productName ?? name)
}
const file = Module._resolveFilename(target, null, true)
app.setAppPath(isFolder ? target : path.dirname(file))
if (!app.commandLine.hasSwitch('user-data-dir')) {
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()))
}
await import(pathToFileURL(file).href)
