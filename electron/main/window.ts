import { join } from 'node:path'
import { app, BrowserWindow, type Session, shell, type WebContents } from 'electron'
import { isStationDocument, isWebPage, isWithinStation } from './address-rules.ts'
import { saveDownloads } from './downloads.ts'
import { stationPage } from './station-page.ts'
import type { StationState } from './station-process.ts'

export type DeskWindow = Readonly<{
  show: () => void
  follow: (state: StationState) => void
  /** The station's address while it runs. */
  address: () => string | undefined
  /** True for the page that the station serves, false for every other page. */
  isDesk: (contents: WebContents, address: string) => boolean
}>

/** A station mostly starts within this time; a page that says so would only flicker. */
const quickStartMs = 1_500

type Wiring = Readonly<{ logFile: string; mayClose: () => boolean; onHidden: () => void }>

/** The one window. It shows the station's desk, or in words why there is none; closing it leaves the station running. */
export function openDeskWindow({ logFile, mayClose, onHidden }: Wiring): DeskWindow {
  let address: string | undefined
  const window = new BrowserWindow({
    title: '影站',
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 640,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload: join(app.getAppPath(), 'out', 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  })
  refusePermissions(window.webContents.session, () => address)
  window.on('close', (event) => {
    if (mayClose()) return
    event.preventDefault()
    window.hide()
    onHidden()
  })

  const station = () => address
  confineNavigation(window.webContents, station)
  saveDownloads(window, station)
  app.on('web-contents-created', (_event, contents) => confineNavigation(contents, station))

  let patience: NodeJS.Timeout | undefined
  const load = (target: string) => {
    if (!window.isDestroyed()) window.loadURL(target).catch(() => undefined)
  }
  return {
    show() {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    follow(state) {
      clearTimeout(patience)
      address = state.kind === 'ready' ? state.ready.url : undefined
      if (state.kind === 'ready') load(state.ready.url)
      else if (state.kind === 'down') load(stationPage(state, logFile))
      else if (state.kind === 'starting') patience = setTimeout(() => load(stationPage(state, logFile)), quickStartMs)
    },
    address: () => address,
    isDesk: (contents, from) => contents === window.webContents && isWithinStation(from, address),
  }
}

/** Copying to the clipboard and the full screen are the desk's own, and the camera takes photos of request slips; everything else that a page could ask for is refused. */
const harmless = ['clipboard-sanitized-write', 'fullscreen']

function refusePermissions(session: Session, station: () => string | undefined): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const isCamera = permission === 'media' && media.length > 0 && media.every((one) => one === 'video')
    answer((harmless.includes(permission) || isCamera) && isWithinStation(contents.getURL(), station()))
  })
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const isCamera = permission === 'media' && details.mediaType === 'video'
    return (harmless.includes(permission) || isCamera) && isWithinStation(origin, station())
  })
}

/** For every page of this program, also those of PDFs: it stays at the station and opens nothing but the station's documents. */
function confineNavigation(contents: WebContents, station: () => string | undefined): void {
  const stay = (event: { url: string; preventDefault: () => void }) => {
    if (!isWithinStation(event.url, station())) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isStationDocument(url, station())) {
      const overrideBrowserWindowOptions = { title: '影站', autoHideMenuBar: true, width: 900, height: 1000 }
      return { action: 'allow', overrideBrowserWindowOptions }
    }
    // Films, consultations and the like are pages of the clouds: they open where all web pages open.
    if (isWebPage(url, station())) shell.openExternal(url).catch(() => undefined)
    return { action: 'deny' }
  })
}
