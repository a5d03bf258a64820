import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import packageJson from '../package.json' with { type: 'json' }

const root = fileURLToPath(new URL('..', import.meta.url))

const parts = {
  main: { entry: 'electron/main/main.ts', format: 'es', file: 'main.js' },
  // A sandboxed preload can only be CommonJS.
  preload: { entry: 'electron/preload/preload.ts', format: 'cjs', file: 'preload.cjs' },
  station: { entry: 'electron/station/station-main.ts', format: 'es', file: 'station-main.js' },
  // The simulated clouds and device, a program beside the station.
  training: { entry: 'electron/training/training-ground.ts', format: 'es', file: 'training-ground.js' },
} as const

/** Taken into the program: as a whole it brings the words of fifty languages, and 8 MB of memory for them. */
const takenIn = new Set(['zod'])
const packages = Object.keys(packageJson.dependencies).filter((name) => !takenIn.has(name))

function isExternal(id: string): boolean {
  if (id === 'electron' || id.startsWith('node:') || builtinModules.includes(id)) return true
  return packages.some((name) => id === name || id.startsWith(`${name}/`))
}

/** `vite build --mode main|preload|station|training`: programs for Electron and Node, with the installed packages left outside. */
export default defineConfig(({ mode }) => {
  const name = mode as keyof typeof parts
  const part = parts[name]
  if (!part) throw new Error(`--mode must be one of ${Object.keys(parts).join(', ')}`)
  return {
    root,
    publicDir: false,
    ssr: { noExternal: [...takenIn] },
    build: {
      ssr: `${root}${part.entry}`,
      outDir: `${root}out/${name}`,
      emptyOutDir: true,
      minify: false,
      target: 'node22',
      rolldownOptions: {
        external: isExternal,
        output: { format: part.format, entryFileNames: part.file, chunkFileNames: '[name]-[hash].js' },
      },
    },
  }
})
