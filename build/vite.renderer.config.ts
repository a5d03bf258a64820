import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const station = process.env.STATION_DEV_URL

// The station sends a strict Content-Security-Policy, so the page carries no inline script: no module preload polyfill, no data: scripts.
export default defineConfig({
  root: `${root}renderer`,
  base: '/',
  plugins: [react()],
  build: {
    outDir: `${root}out/renderer`,
    emptyOutDir: true,
    minify: true,
    target: 'chrome120',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
  },
  server: {
    host: '127.0.0.1',
    fs: { allow: [root] },
    // The station only answers its own origin; in development the pages come from Vite.
    proxy: station
      ? Object.fromEntries(
          ['/api', '/dicom-web', '/callbacks'].map((path) => [
            path,
            { target: station, changeOrigin: true, headers: { origin: new URL(station).origin } },
          ]),
        )
      : {},
  },
})
