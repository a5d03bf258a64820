import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

// The walls of docs/architecture.md, held against the sources. A type-only import counts like any other.

const root = fileURLToPath(new URL('..', import.meta.url))

type Import = { readonly from: string; readonly to: string; readonly isType: boolean }

const sources = ['electron', 'renderer', 'shared'].flatMap(sourceFiles)
const imports = sources.flatMap(importsOf)

/** Rooms in the order in which data walks. A room may call the ones after it. */
const way = ['receiver', 'imports', 'pictures', 'archive', 'exams', 'reports', 'documents', 'outbox', 'uploads']
/** Beside the way: every room may ask them. */
const sideRooms = ['db', 'people', 'settings']
const sideFiles = ['clock.ts', 'log.ts', 'events.ts', 'until-drained.ts'].map((name) => `electron/station/${name}`)
/** Where the rooms are put together: these may reach all of them. */
const wiring = ['station.ts', 'cloud-side.ts', 'dicom-side.ts', 'station-main.ts', 'dossier.ts'].map(
  (name) => `electron/station/${name}`,
)

describe('the walls between the rooms', () => {
  test('this test sees the imports it judges', () => {
    const ofStation = imports.filter((one) => one.from === 'electron/station/cloud-side.ts').map((one) => one.to)
    expect(ofStation).toContain('electron/station/outbox/outbox.ts')
    expect(ofStation).toContain('electron/station/uploads/uploads.ts')
    expect(imports.some((one) => one.to === 'better-sqlite3')).toBe(true)
    expect(sources.length).toBeGreaterThan(100)
  })

  test('every relative import names a file that is there', () => {
    const known = new Set(sources)
    const lost = imports.filter(
      (one) => one.to.startsWith('.') || (/^(electron|renderer|shared)\/.*\.tsx?$/.test(one.to) && !known.has(one.to)),
    )
    expect(lost).toEqual([])
  })

  test('no file leads back to itself, by way of other files', () => {
    expect(circles(imports)).toEqual([])
    const there = { from: 'a.ts', to: 'b.ts', isType: true }
    expect(circles([there, { ...there, from: 'b.ts', to: 'c.ts' }])).toEqual([])
    expect(circles([there, { ...there, from: 'b.ts', to: 'a.ts' }])).toEqual(['a.ts → b.ts → a.ts'])
  })

  test('a room calls only the rooms after it, and those beside the way', () => {
    const wrong = imports.filter(({ from, to }) => {
      const room = roomOf(from)
      if (!way.includes(room) || !to.startsWith('electron/')) return false
      const target = roomOf(to)
      if (target === room || sideRooms.includes(target) || sideFiles.includes(to)) return false
      return !(way.includes(target) && way.indexOf(target) > way.indexOf(room))
    })
    expect(lines(wrong)).toEqual([])
  })

  test('the rooms beside the way call no room of the way', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (!sideRooms.includes(roomOf(from)) || !to.startsWith('electron/')) return false
      return !sideRooms.includes(roomOf(to)) && !sideFiles.includes(to)
    })
    expect(lines(wrong)).toEqual([])
  })

  test('only the wiring calls the API, and the API never calls the wiring', () => {
    const toApi = imports.filter(
      ({ from, to }) => roomOf(to) === 'api' && roomOf(from) !== 'api' && !wiring.includes(from),
    )
    const fromApi = imports.filter(({ from, to }) => roomOf(from) === 'api' && wiring.includes(to))
    expect(lines([...toApi, ...fromApi])).toEqual([])
  })

  test('what every room may use knows no room', () => {
    const wrong = imports.filter(({ from, to }) => sideFiles.includes(from) && roomOf(to) !== '')
    expect(lines(wrong)).toEqual([])
  })

  test('every folder of the station is a room of the way, a room beside it, or the API', () => {
    const rooms = new Set(sources.filter((file) => file.startsWith('electron/station/')).map(roomOf))
    expect([...rooms].sort()).toEqual(['', 'api', ...sideRooms, ...way].sort())
  })
})

describe('the walls between the programs', () => {
  test('the station imports neither Electron nor the shell, the desk or the training clouds', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        from.startsWith('electron/station/') &&
        (to === 'electron' ||
          to.startsWith('electron/main/') ||
          to.startsWith('electron/preload/') ||
          to.startsWith('electron/training/') ||
          to.startsWith('renderer/')),
    )
    expect(lines(wrong)).toEqual([])
  })

  test('the desk imports only the desk and what is shared, and nothing that needs Node', () => {
    const wrong = imports.filter(
      ({ from, to }) => from.startsWith('renderer/') && (to.startsWith('electron') || to.startsWith('node:')),
    )
    expect(lines(wrong)).toEqual([])
  })

  test('nothing that the desk reaches through what is shared needs Node', () => {
    const reached = new Set(sources.filter((file) => file.startsWith('renderer/')))
    const queue = [...reached]
    const wrong: Import[] = []
    for (let file = queue.pop(); file !== undefined; file = queue.pop())
      for (const one of imports.filter((each) => each.from === file && !each.isType)) {
        if (one.to.startsWith('node:')) wrong.push(one)
        if (sources.includes(one.to) && !reached.has(one.to)) {
          reached.add(one.to)
          queue.push(one.to)
        }
      }
    expect([...reached].some((file) => file.startsWith('shared/'))).toBe(true)
    expect(lines(wrong)).toEqual([])
  })

  test('parts of the desk are used one way: pages, features, clinic, components', () => {
    const layers = ['components', 'clinic', 'features', 'pages']
    const layerOf = (file: string) => layers.indexOf(/^renderer\/([^/]+)\//.exec(file)?.[1] ?? '')
    expect(lines(imports.filter(({ from, to }) => layerOf(from) >= 0 && layerOf(to) > layerOf(from)))).toEqual([])
  })

  test('a feature of the desk does not import another feature', () => {
    const featureOf = (file: string) => /^renderer\/features\/([^/]+)\//.exec(file)?.[1]
    const wrong = imports.filter(({ from, to }) => {
      const [a, b] = [featureOf(from), featureOf(to)]
      return a !== undefined && b !== undefined && a !== b
    })
    expect(lines(wrong)).toEqual([])
  })

  test('what is shared imports only what is shared', () => {
    const wrong = imports.filter(
      ({ from, to }) => from.startsWith('shared/') && (to.startsWith('electron') || to.startsWith('renderer/')),
    )
    expect(lines(wrong)).toEqual([])
  })

  test('the shell starts the station as a program and imports none of its rooms', () => {
    const wrong = imports.filter(
      ({ from, to }) => /^electron\/(main|preload)\//.test(from) && (roomOf(to) !== '' || to.startsWith('renderer/')),
    )
    expect(lines(wrong)).toEqual([])
  })

  test('one file of the station knows the server of dcmjs-dimse', () => {
    const users = imports.filter(({ from, to }) => from.startsWith('electron/station/') && to.startsWith('dcmjs-dimse'))
    expect(users.map((one) => one.from)).toEqual(['electron/station/receiver/dicom-server.ts'])
  })
})

describe('the manner of the files', () => {
  test('SQL stands in a file named …-sql.ts or in a migration', () => {
    const wrong = sources.filter(
      (file) =>
        file.startsWith('electron/') &&
        !file.endsWith('-sql.ts') &&
        !file.startsWith('electron/station/db/') &&
        /\bdb\s*\.\s*(prepare|exec)\s*[(<]|[`'"]\s*(select\s.+\sfrom|insert into|update\s\w+\sset|delete from|create table)\s/i.test(
          codeOf(file),
        ),
    )
    expect(wrong).toEqual([])
  })

  test('no barrel files: the only index.ts is the list of migrations', () => {
    const barrels = sources.filter((file) => /^index\.tsx?$/.test(basename(file)))
    expect(barrels).toEqual(['electron/station/db/migrations/index.ts'])
  })

  test('file and folder names are kebab-case', () => {
    const wrong = sources.filter(
      (file) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.tsx?$/.test(file.replace('zh-CN', 'zh-cn')),
    )
    expect(wrong).toEqual([])
  })

  test('no file is named util, helpers, manager or service', () => {
    const wrong = sources.filter((file) => /(^|[-/])(utils?|helpers?|managers?|services?)([-/.]|$)/.test(file))
    expect(wrong).toEqual([])
  })

  test('exports are named', () => {
    const wrong = sources.filter((file) => /^export default\b/m.test(codeOf(file)))
    expect(wrong).toEqual([])
  })

  test('every STRICT table of the migrations opens with prose on what a row means', () => {
    const migrations = sources.filter((file) => /db\/migrations\/\d{4}-/.test(file))
    expect(migrations.length).toBeGreaterThan(3)
    for (const file of migrations) {
      const text = codeOf(file)
      const tables = [...text.matchAll(/(--[^\n]*\n)?create table (\w+) \(.*?^\)( strict)?;/gms)]
      expect(tables.filter((table) => !table[1] || !table[3]).map((table) => `${file}: ${table[2]}`)).toEqual([])
      expect(tables.length).toBe([...text.matchAll(/^create table/gm)].length)
    }
  })

  test('the migrations are numbered without a gap and listed in their order', () => {
    const numbers = sources
      .flatMap((file) => /db\/migrations\/(\d{4})-/.exec(file)?.[1] ?? [])
      .sort()
      .map(Number)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    const listed = imports
      .filter((one) => one.from === 'electron/station/db/migrations/index.ts')
      .flatMap((one) => /\/(\d{4})-/.exec(one.to)?.[1] ?? [])
    expect(listed.map(Number)).toEqual(numbers)
  })
})

/** The room of a file of the station: 'outbox'; '' for what stands beside the rooms and for what is not the station's. */
function roomOf(file: string): string {
  return /^electron\/station\/([^/]+)\//.exec(file)?.[1] ?? ''
}

function lines(found: readonly Import[]): string[] {
  return found.map(({ from, to }) => `${from} → ${to}`)
}

/** Each way that comes back to where it began, told once: 'a.ts → b.ts → a.ts'. */
function circles(all: readonly Import[]): string[] {
  const targets = Map.groupBy(all, ({ from }) => from)
  const found: string[] = []
  const done = new Set<string>()
  const walk = (file: string, way: readonly string[]): void => {
    const back = way.indexOf(file)
    if (back >= 0) found.push([...way.slice(back), file].join(' → '))
    if (back >= 0 || done.has(file)) return
    for (const { to } of targets.get(file) ?? []) walk(to, [...way, file])
    done.add(file)
  }
  for (const file of targets.keys()) walk(file, [])
  return found
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`.split(sep).join('/'))
    .filter((file) => /\.tsx?$/.test(file))
    .sort()
}

function codeOf(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** Static, dynamic and re-exporting imports; a relative one as the path from the project's root. */
function importsOf(file: string): Import[] {
  const code = codeOf(file)
  const specifiers = [
    ...code.matchAll(/^\s*(?:import|export)\s(?:([^'"`;]*?)\sfrom\s)?\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/\b(import)\(\s*['"]([^'"]+)['"]\s*\)/g),
  ].map((match) => ({ names: match[1] ?? '', to: match[2] ?? '' }))
  return specifiers.map(({ names, to }) => ({
    from: file,
    isType: /^type\s/.test(names),
    to: to.startsWith('.')
      ? relative(root, resolve(root, dirname(file), to))
          .split(sep)
          .join('/')
      : to,
  }))
}
