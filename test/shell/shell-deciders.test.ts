import { describe, expect, test } from 'vitest'
import { isStationDocument, isWebPage, isWithinStation } from '../../electron/main/address-rules.ts'
import { cupsMedia, pageSizeOf, readPrintJob } from '../../electron/main/print-job.ts'
import { parseReadyLine } from '../../electron/main/ready-line.ts'
import { planRestart } from '../../electron/main/restart-delay.ts'
import { stationFlags } from '../../electron/main/station-flags.ts'
import { chooseStationRuntime } from '../../electron/main/station-runtime.ts'

describe('the ready line', () => {
  test('gives the address and what the modality needs', () => {
    const dicom = { aeTitle: 'YINGZHAN', host: '0.0.0.0', port: 11112 }
    const line = JSON.stringify({ event: 'ready', url: 'http://127.0.0.1:8712/', dicom, data: '/d' })
    expect(parseReadyLine(line)).toEqual({ url: 'http://127.0.0.1:8712/', dicom })
  })

  test.each([
    'listening on 8712',
    '{"event":"stopped","url":"http://127.0.0.1:1/"}',
    '{"event":"ready"',
    '{"event":"ready","url":"http://example.org/"}',
    '{"event":"ready","url":"file:///etc/passwd"}',
  ])('is not %s', (line) => expect(parseReadyLine(line)).toBeUndefined())
})

describe('the next try', () => {
  test('comes after 1, 2, 5, 10, 30 and then always 60 seconds', () => {
    let failures = 0
    const seconds = Array.from({ length: 8 }, () => {
      const plan = planRestart(failures, 100)
      failures = plan.failures
      return plan.delayMs / 1000
    })
    expect(seconds).toEqual([1, 2, 5, 10, 30, 60, 60, 60])
  })

  test('comes after one second again when the station had lived a minute', () => {
    expect(planRestart(6, 60_000)).toEqual({ failures: 1, delayMs: 1000 })
  })
})

describe('the flags for the station', () => {
  test('are all that follow the two dashes', () => {
    const argv = ['electron', '--no-sandbox', '/app', '--', '--data', '/d', '--training']
    expect(stationFlags(argv)).toEqual(['--data', '/d', '--training'])
  })

  test('are picked by name from the command line of an installed program', () => {
    const argv = [
      '影站.exe',
      '--disable-gpu',
      '--http-port=0',
      '--data',
      'D:\\影像',
      '--training',
      '--squirrel-firstrun',
    ]
    expect(stationFlags(argv)).toEqual(['--http-port', '0', '--data', 'D:\\影像', '--training'])
  })
})

describe('where the station runs', () => {
  const base = { appPath: '/app', isPackaged: false, napi: 9, env: {}, exists: () => true }

  test('from its sources under the Node that is named', () => {
    expect(chooseStationRuntime({ ...base, env: { STATION_NODE: '/node' } })).toEqual({
      kind: 'plain-node',
      program: '/node',
      script: '/app/electron/station/station-main.ts',
    })
  })

  test('in the utility process of an installed program that can carry it', () => {
    const packaged = { ...base, isPackaged: true, napi: 10, env: { STATION_NODE: '/node' }, exists: () => false }
    expect(chooseStationRuntime(packaged)).toEqual({
      kind: 'utility-process',
      script: '/app/out/station/station-main.js',
    })
  })

  test('beside the archive when an old installed Electron needs a plain Node', () => {
    const old = {
      ...base,
      appPath: '/r/app.asar',
      isPackaged: true,
      env: { STATION_NODE: '/node' },
      exists: () => false,
    }
    expect(chooseStationRuntime(old)).toMatchObject({ script: '/r/app.asar.unpacked/out/station/station-main.js' })
  })

  test('nowhere, in words, under an old Electron without a Node', () => {
    expect(chooseStationRuntime(base)).toMatchObject({ kind: 'none', why: expect.stringContaining('STATION_NODE') })
  })
})

describe('addresses', () => {
  test('only web pages of others go to the system’s browser', () => {
    const station = 'http://127.0.0.1:8712/'
    expect(isWebPage('https://film.example/?Info=1', station)).toBe(true)
    const refused = [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'ms-settings:',
      'https://a:b@film.example/',
      'nothing',
      `${station}api`,
    ]
    for (const address of refused) expect(isWebPage(address, station), address).toBe(false)
  })

  const station = 'http://127.0.0.1:8712/'

  test('within the station are those of its own origin', () => {
    expect(isWithinStation('http://127.0.0.1:8712/exams/1', station)).toBe(true)
    expect(isWithinStation('http://127.0.0.1:8713/', station)).toBe(false)
    expect(isWithinStation('http://127.0.0.1:8712@example.org/', station)).toBe(false)
    expect(isWithinStation('not an address', station)).toBe(false)
    expect(isWithinStation(station, undefined)).toBe(false)
  })

  test('that may open a window are the station’s documents', () => {
    expect(isStationDocument(`${station}api/exams/1/documents/report.pdf`, station)).toBe(true)
    expect(isStationDocument(`blob:${station}5f0c`, station)).toBe(true)
    expect(isStationDocument(`${station}exams`, station)).toBe(false)
    expect(isStationDocument('http://example.org/x.pdf', station)).toBe(false)
  })
})

describe('a print request', () => {
  test('names the paper in microns', () => {
    const url = 'http://127.0.0.1:8712/card.pdf'
    expect(readPrintJob({ url, printer: 'Label_60x40', widthMicrons: 60_000, heightMicrons: 40_000 })).toEqual({
      source: { kind: 'address', url },
      printer: 'Label_60x40',
      paper: { width: 60_000, height: 40_000 },
    })
  })

  test('is refused with half a paper, a paper smaller than printers know, or nothing to print', () => {
    expect(readPrintJob({ url: 'http://x/', widthMicrons: 60_000 })).toBeUndefined()
    expect(readPrintJob({ url: 'http://x/', widthMicrons: 300, heightMicrons: 300 })).toBeUndefined()
    expect(readPrintJob({ printer: 'A4' })).toBeUndefined()
    expect(readPrintJob('report.pdf')).toBeUndefined()
  })

  test('says how many copies, and whether the person is asked first', () => {
    const pdf = Buffer.from('%PDF-1.3')
    expect(readPrintJob({ pdf, copies: 3, askFirst: true })).toMatchObject({ copies: 3, askFirst: true })
    for (const copies of [0, 10, 1.5, '2', null]) expect(readPrintJob({ pdf, copies }), String(copies)).toBeUndefined()
  })

  test('without a paper takes the PDF’s own page', () => {
    expect(pageSizeOf(Buffer.from('%PDF-1.3\n/MediaBox [0 0 170.08 113.39]'))).toEqual({
      width: 60_000,
      height: 40_001,
    })
    expect(pageSizeOf(Buffer.from('%PDF-1.7 packed'))).toEqual({ width: 210_000, height: 297_000 })
  })

  test('names A4 as printers know it, and a label by its size', () => {
    expect(cupsMedia({ width: 209_990, height: 297_010 })).toBe('A4')
    expect(cupsMedia({ width: 60_000, height: 40_001 })).toBe('Custom.60x40mm')
  })

  test('names a page on its side by its paper too: printers that know A5 by name only would take another for it', () => {
    expect(cupsMedia({ width: 210_000, height: 148_000 })).toBe('A5')
    expect(cupsMedia({ width: 148_000, height: 210_000 })).toBe('A5')
    expect(cupsMedia({ width: 297_000, height: 210_000 })).toBe('A4')
    expect(cupsMedia({ width: 70_000, height: 100_000 })).toBe('Custom.70x100mm')
  })
})
