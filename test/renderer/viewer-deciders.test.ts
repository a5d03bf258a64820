import { describe, expect, test } from 'vitest'
import { cineRateOf, frameOfStep, framesAhead, stepAt, strideFor } from '../../renderer/features/viewer/cine-plan.ts'
import { createFrameCache } from '../../renderer/features/viewer/frame-cache.ts'
import { createFrameSource, Superseded } from '../../renderer/features/viewer/frame-source.ts'
import { imageFacts } from '../../renderer/features/viewer/image-facts.ts'
import type { ImageSeries } from '../../renderer/features/viewer/image-stack.ts'
import {
  actionOf,
  comboOf,
  conflictOf,
  defaultKeymap,
  readKeymap,
  shownCombo,
  viewerActions,
  withKey,
} from '../../renderer/features/viewer/keymap.ts'
import { linkedIndex, type SlicePlace } from '../../renderer/features/viewer/link-scroll.ts'
import { beginHistory, changeMarks, marksOfExam, noMarks } from '../../renderer/features/viewer/marks-history.ts'
import { examOfKey, keepMarks, readMarks } from '../../renderer/features/viewer/marks-storage.ts'
import { flipFor, headEdges, shownEdges } from '../../renderer/features/viewer/orientation.ts'
import { likestSeries } from '../../renderer/features/viewer/prior-series.ts'
import { foundRows, rowsAsText, tagRows } from '../../renderer/features/viewer/tag-rows.ts'
import { beginGrid, changeGrid, gridWith } from '../../renderer/features/viewer/viewer-grid.ts'
import { fillPanes } from '../../renderer/features/viewer/viewer-layout.ts'
import { wheelSteps } from '../../renderer/features/viewer/wheel-steps.ts'

const series = (uid: string, modality: string, count: number, more: Partial<ImageSeries> = {}): ImageSeries => ({
  seriesInstanceUid: uid,
  studyInstanceUid: '1',
  examId: 'e',
  modality,
  number: '1',
  description: '',
  images: Array.from({ length: count }, (_, at) => ({
    instanceId: `${uid}-${at}`,
    sopInstanceUid: `${uid}.${at}`,
    frame: 0,
    instanceNumber: at,
  })),
  ...more,
})
const press = (key: string, more: object = {}) =>
  comboOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

describe('keys', () => {
  test('are named by what they type, and letters and named keys say their shift', () => {
    expect([press('Z'), press('?', { shiftKey: true }), press('+', { shiftKey: true }), press(' ')]).toEqual([
      'z',
      '?',
      '+',
      'Space',
    ])
    expect(press('z', { ctrlKey: true })).toBe('Ctrl+z')
    expect(press('Z', { metaKey: true, shiftKey: true })).toBe('Ctrl+Shift+z')
    expect(press('？', { shiftKey: true })).toBe('?')
    expect([press('Shift'), press('Process'), press('Tab')]).toEqual(['', '', ''])
  })

  test('of the usual set mean one thing each', () => {
    const all = viewerActions.flatMap((action) => defaultKeymap[action])
    expect(new Set(all).size).toBe(all.length)
    expect(actionOf(defaultKeymap, 'i')).toBe('invert')
    expect(actionOf(defaultKeymap, 'Backspace')).toBe('delete-mark')
    expect(actionOf(defaultKeymap, '')).toBeUndefined()
  })

  test('that are taken are said, and go over when a person wants it', () => {
    expect(conflictOf(defaultKeymap, 'invert', 'r')).toBe('rotate-right')
    expect(conflictOf(defaultKeymap, 'invert', 'i')).toBeUndefined()
    const changed = withKey(defaultKeymap, 'invert', 'r')
    expect([changed.invert, changed['rotate-right']]).toEqual([['r'], []])
    expect(readKeymap(JSON.stringify(changed))).toEqual(changed)
  })

  test('that were kept before an action was known leave it its own key, unless it is taken', () => {
    expect(readKeymap(JSON.stringify({ invert: ['k'] }))['key-image']).toEqual([])
    expect(readKeymap(JSON.stringify({ invert: ['x'] }))['key-image']).toEqual(['k'])
    expect(readKeymap('no json')).toEqual(defaultKeymap)
    expect(readKeymap(null)).toEqual(defaultKeymap)
  })

  test('are shown as they stand on the keyboard', () => {
    expect(['Ctrl+z', 'ArrowUp', 'PageDown', '+', 'Space'].map(shownCombo)).toEqual([
      'Ctrl+Z',
      '↑',
      'PgDn',
      '+',
      'Space',
    ])
  })
})

describe('viewports', () => {
  const [ct, dx] = [series('ct', 'CT', 30), series('dx', 'DX', 2)]
  test('are filled with each view of a short series and with a stack as one', () => {
    expect(fillPanes([], '2x2', [dx, ct])).toEqual([
      { series: 'dx', index: 0 },
      { series: 'dx', index: 1 },
      { series: 'ct', index: 0 },
      undefined,
    ])
  })

  test('keep what is shown, and lose what went away', () => {
    const panes = [
      { series: 'ct', index: 29 },
      { series: 'gone', index: 0 },
    ]
    expect(fillPanes(panes, '1x2', [ct])).toEqual([{ series: 'ct', index: 29 }, undefined])
    expect(fillPanes(panes, '1x1', [series('ct', 'CT', 10)])).toEqual([{ series: 'ct', index: 9 }])
  })

  test('of fewer places keep the one that was looked at', () => {
    const all = [series('a', 'CT', 3), series('b', 'CT', 3)]
    const two = changeGrid(
      changeGrid(beginGrid('1x2'), { kind: 'activate', pane: 1 }, all),
      { kind: 'layout', layout: '1x1' },
      all,
    )
    expect(two).toEqual({ layout: '1x1', active: 0, isMaximised: false, panes: [{ series: 'b', index: 0 }] })
  })

  test('scroll within their series, and take others with them', () => {
    const all = [series('a', 'CT', 3), series('b', 'CT', 9)]
    const end = changeGrid(beginGrid('1x2'), { kind: 'scroll', pane: 0, to: () => 99, follow: () => 8 }, all)
    expect(end.panes).toEqual([
      { series: 'a', index: 2 },
      { series: 'b', index: 8 },
    ])
    expect(changeGrid(end, { kind: 'scroll', pane: 0, to: (index) => index + 1 }, all).panes).toEqual(end.panes)
  })

  test('go to the next series and viewport, around', () => {
    const all = [series('a', 'CT', 3), series('b', 'CT', 9)]
    const next = changeGrid(beginGrid('1x1'), { kind: 'series', by: 1 }, all)
    expect(next.panes).toEqual([{ series: 'b', index: 0 }])
    expect(changeGrid(next, { kind: 'series', by: 1 }, all).panes).toEqual(next.panes)
    expect(changeGrid(gridWith(beginGrid('2x2'), all), { kind: 'turn', by: -1 }, all).active).toBe(3)
  })

  test('are maximised where there are several', () => {
    expect(changeGrid(beginGrid('1x1'), { kind: 'maximise', pane: 0 }, []).isMaximised).toBe(false)
    expect(changeGrid(beginGrid('1x2'), { kind: 'maximise', pane: 1 }, [])).toMatchObject({
      active: 1,
      isMaximised: true,
    })
  })

  test('of a prior exam show what is most like', () => {
    const lung = series('x', 'CT', 1, { description: 'LUNG' })
    expect(likestSeries(lung, [dx, ct, series('y', 'CT', 1, { description: 'LUNG' })])?.seriesInstanceUid).toBe('y')
    expect(likestSeries(lung, [dx])?.seriesInstanceUid).toBe('dx')
    expect(likestSeries(lung, [])).toBeUndefined()
  })
})

describe('linked scrolling', () => {
  const slices = (count: number, apart: number, frameOfReference: string) => ({
    count,
    placeOf: (index: number): SlicePlace => ({ frameOfReference, position: [0, 0, index * apart], normal: [0, 0, 1] }),
  })
  test('finds the slice nearest in the patient', () => {
    expect(linkedIndex(slices(11, 8, 'f'), 5, slices(5, 20, 'f'))).toBe(2)
    expect(linkedIndex(slices(11, 8, 'f'), 10, slices(5, 20, 'f'))).toBe(4)
  })
  test('goes by the part of the way where the frames of reference are others, or nothing is known', () => {
    expect(linkedIndex(slices(11, 8, 'f'), 5, slices(5, 20, 'g'))).toBe(2)
    expect(linkedIndex({ count: 3, placeOf: () => undefined }, 2, { count: 100, placeOf: () => undefined })).toBe(99)
    expect(linkedIndex({ count: 1, placeOf: () => undefined }, 0, { count: 9, placeOf: () => undefined })).toBe(0)
  })
  test('keeps the distance of two exams that a person brought to the same level, in millimetres', () => {
    // Image 2 at 16 mm was put beside image 1 at 20 mm: 40 mm further stand images 7 and 3, and back again without drift.
    const levels = { from: 2, to: 1 }
    expect(linkedIndex(slices(11, 8, 'f'), 7, slices(5, 20, 'g'), levels)).toBe(3)
    expect(linkedIndex(slices(5, 20, 'g'), 3, slices(11, 8, 'f'), { from: 1, to: 2 })).toBe(7)
    expect(linkedIndex(slices(11, 8, 'f'), 2, slices(5, 20, 'g'), levels)).toBe(1)
    // The other one was scanned from the feet up.
    const upwards = { count: 5, placeOf: (index: number) => slices(5, 20, 'g').placeOf(4 - index) }
    expect(linkedIndex(slices(11, 8, 'f'), 7, upwards, { from: 2, to: 3 })).toBe(1)
    const unplaced = { count: 20, placeOf: () => undefined }
    expect(linkedIndex(unplaced, 9, unplaced, { from: 4, to: 6 })).toBe(11)
    expect(linkedIndex(unplaced, 19, unplaced, { from: 4, to: 6 })).toBe(19)
    expect(linkedIndex(slices(11, 8, 'f'), 5, slices(5, 20, 'f'), { from: 0, to: 4 })).toBe(2)
  })
})

describe('a film', () => {
  test('goes around, or back and forth', () => {
    expect([0, 3, 4, 9].map((step) => frameOfStep(step, 4, 'loop'))).toEqual([0, 3, 0, 1])
    expect([0, 1, 2, 3, 4, 5, 6].map((step) => frameOfStep(step, 4, 'ping-pong'))).toEqual([0, 1, 2, 3, 2, 1, 0])
    expect(frameOfStep(7, 1, 'ping-pong')).toBe(0)
  })
  test('follows the clock, whatever was shown', () => {
    expect(stepAt(10, 1000, 25)).toBe(35)
    expect(stepAt(10, 39, 25)).toBe(10)
  })
  test('plays as fast as its file wishes, within reason', () => {
    expect([25, undefined, 0, 1000, 0.2].map(cineRateOf)).toEqual([25, 10, 10, 60, 1])
  })
  test('leaves frames out evenly when they come slower than they are shown', () => {
    expect(strideFor(25, 20, 4)).toBe(1)
    expect(strideFor(30, 300, 4)).toBe(2)
    expect(strideFor(60, 500, 4)).toBe(8)
  })
  test('asks for what comes next, each once', () => {
    expect(framesAhead(8, 10, 'loop', 1, 4)).toEqual([9, 0, 1, 2])
    expect(framesAhead(7, 10, 'ping-pong', 1, 4)).toEqual([8, 9, 7, 6])
    expect(framesAhead(7, 100, 'loop', 3, 3)).toEqual([9, 12, 15])
    expect(framesAhead(0, 3, 'loop', 1, 24)).toEqual([1, 2, 0])
  })
})

describe('the memory of pictures', () => {
  test('keeps what was used last within its bytes', () => {
    const cache = createFrameCache<number>(10, (size) => size)
    cache.put('a', 4)
    cache.put('b', 4)
    cache.get('a')
    cache.put('c', 4)
    expect([cache.has('a'), cache.has('b'), cache.has('c'), cache.bytes()]).toEqual([true, false, true, 8])
    cache.put('large', 50)
    expect([cache.count(), cache.bytes()]).toEqual([1, 50])
    cache.put('large', 3)
    expect(cache.bytes()).toBe(3)
  })

  function sourceOf(parallel: number) {
    const begun: string[] = []
    const aborted: string[] = []
    const waiting = new Map<string, (value: string) => void>()
    const source = createFrameSource<string>({
      load: (id, signal) =>
        new Promise((resolve, reject) => {
          begun.push(id)
          waiting.set(id, resolve)
          signal.addEventListener('abort', () => {
            aborted.push(id)
            reject(new Error('aborted'))
          })
        }),
      sizeOf: () => 1,
      mostBytes: 100,
      parallel,
    })
    const arrive = async (id: string) => {
      waiting.get(id)?.(`frame ${id}`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    return { source, begun, aborted, arrive }
  }

  test('loads what somebody waits for before what is needed soon', async () => {
    const { source, begun, arrive } = sourceOf(1)
    const owner = {}
    source.want(owner, ['1', '2', '3'])
    const read = source.read({}, 'x')
    await arrive('1')
    expect(begun).toEqual(['1', 'x'])
    await arrive('x')
    expect(await read).toBe('frame x')
    await arrive('2')
    expect(begun).toEqual(['1', 'x', '2', '3'])
    expect([source.peek('2'), source.peek('9')]).toEqual(['frame 2', undefined])
  })

  test('breaks a load off only where one that is waited for needs its place', async () => {
    const { source, begun, aborted } = sourceOf(1)
    const owner = {}
    source.want(owner, ['1'])
    source.want(owner, ['2'])
    expect(aborted).toEqual([])
    source.read({}, 'x').catch(() => undefined)
    expect(aborted).toEqual(['1'])
    expect(begun).toEqual(['1', 'x'])
  })

  test('loads anew what was broken off and is asked for right after', async () => {
    const { source, begun, arrive } = sourceOf(1)
    const [soon, first, second] = [{}, {}, {}]
    source.want(soon, ['1'])
    source.want(soon, [])
    source.read(first, 'x').catch(() => undefined)
    source.leave(first)
    const asked = source.read(second, '1')
    expect(begun).toEqual(['1', 'x', '1'])
    await arrive('1')
    expect(await asked).toBe('frame 1')
  })

  test('tells the first question of an owner that a second has come', async () => {
    const { source, arrive } = sourceOf(2)
    const owner = {}
    const first = source.read(owner, 'a').catch((error: unknown) => error)
    const second = source.read(owner, 'b')
    expect(await first).toBeInstanceOf(Superseded)
    await arrive('b')
    expect(await second).toBe('frame b')
  })
})

describe('marks', () => {
  const mark = (id: string) => ({ id, kind: 'probe' as const, points: [{ x: 1, y: 1 }] })
  test('are undone and done again, and a new one ends what could be done again', () => {
    let history = changeMarks(beginHistory(), { kind: 'put', picture: 'i/0', mark: mark('a') })
    history = changeMarks(history, { kind: 'put', picture: 'i/0', mark: mark('b') })
    history = changeMarks(history, { kind: 'undo' })
    expect(history.present.marks['i/0']?.map(({ id }) => id)).toEqual(['a'])
    expect(changeMarks(history, { kind: 'redo' }).present.marks['i/0']).toHaveLength(2)
    history = changeMarks(history, { kind: 'put', picture: 'j/0', mark: mark('c') })
    expect(changeMarks(history, { kind: 'redo' })).toBe(history)
    expect(changeMarks(beginHistory(), { kind: 'undo' }).present).toBe(noMarks)
  })

  test('of an earlier exam stay when something that was drawn before it was opened is undone', () => {
    const kept = { marks: { 'prior/0': [mark('p')] }, calibrations: { prior: 0.5 } }
    let history = changeMarks(beginHistory(), { kind: 'put', picture: 'i/0', mark: mark('a') })
    history = changeMarks(history, { kind: 'join', kept })
    history = changeMarks(history, { kind: 'undo' })
    expect(history.present).toEqual(kept)
    expect(changeMarks(history, { kind: 'redo' }).present.marks['prior/0']).toHaveLength(1)
  })

  test('that another window drew are seen here, beside those of other exams, and are not undone here', () => {
    let history = changeMarks(beginHistory(), { kind: 'put', picture: 'i/0', mark: mark('a') })
    history = changeMarks(history, { kind: 'put', picture: 'prior/0', mark: mark('p') })
    const kept = { marks: { 'i/0': [mark('a'), mark('b')] }, calibrations: { i: 0.5 } }
    history = changeMarks(history, { kind: 'follow', instanceIds: new Set(['i']), kept })
    expect(history.present.marks['i/0']?.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(history.present.marks['prior/0']).toHaveLength(1)
    expect(changeMarks(history, { kind: 'undo' })).toBe(history)
    const cleared = changeMarks(history, { kind: 'follow', instanceIds: new Set(['i']), kept: noMarks })
    expect([cleared.present.marks['i/0'], cleared.present.calibrations]).toEqual([undefined, {}])
    expect([examOfKey('viewer-marks/e1'), examOfKey('station-language'), examOfKey(null)]).toEqual([
      'e1',
      undefined,
      undefined,
    ])
  })

  test('are kept by exam, and what cannot be read counts as none', () => {
    const kept = new Map<string, string>()
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    }
    const document = { marks: { 'i/0': [mark('a')], 'other/3': [mark('b')] }, calibrations: { i: 0.5 } }
    const ofExam = marksOfExam(document, (instanceId) => instanceId === 'i')
    keepMarks(storage, 'e1', ofExam)
    expect(readMarks(storage, 'e1')).toEqual({ marks: { 'i/0': [mark('a')] }, calibrations: { i: 0.5 } })
    keepMarks(storage, 'e1', { marks: { 'i/0': [] }, calibrations: {} })
    expect([...kept.keys()]).toEqual(['viewer-marks-order'])
    kept.set('viewer-marks/e2', '{"marks":{"x":[{"id":1}]}}')
    expect(readMarks(storage, 'e2')).toEqual(noMarks)
    for (let exam = 0; exam < 205; exam++) keepMarks(storage, `n${exam}`, ofExam)
    expect([...kept.keys()].filter((key) => key.startsWith('viewer-marks/n'))).toHaveLength(200)
    expect(readMarks(storage, 'n0')).toEqual(noMarks)
  })
})

describe('the edges', () => {
  const axial = headEdges({ imageOrientation: [1, 0, 0, 0, 1, 0] })
  test('of an axial slice are right, left, anterior and posterior', () => {
    expect(axial).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' })
  })
  test('go with the picture when it is flipped and turned', () => {
    const still = { rotation: 0, hflip: false, vflip: false }
    expect(shownEdges(axial!, { ...still, hflip: true })).toMatchObject({ left: 'L', right: 'R' })
    expect(shownEdges(axial!, { ...still, rotation: 90 })).toEqual({ top: 'R', right: 'A', bottom: 'L', left: 'P' })
    expect(shownEdges(axial!, { ...still, rotation: -90 })).toEqual({ top: 'L', right: 'P', bottom: 'R', left: 'A' })
    expect(shownEdges(axial!, { ...still, rotation: 45 })).toBeUndefined()
  })
  test('swap left and right of the screen by a flip from side to side, however the picture was turned', () => {
    for (const rotation of [0, 90, 180, 270])
      for (const axis of ['hflip', 'vflip'] as const) {
        const turned = { rotation, hflip: false, vflip: false }
        const before = shownEdges(axial!, turned)!
        const after = shownEdges(axial!, { ...turned, [flipFor(axis, rotation)]: true })
        const { left, right, top, bottom } = before
        const mirrored =
          axis === 'hflip' ? { left: right, right: left, top, bottom } : { left, right, top: bottom, bottom: top }
        expect(after).toEqual(mirrored)
      }
  })
  test('of a projection come from its letters, and an oblique slice has two each', () => {
    expect(headEdges({ patientOrientation: ['L', 'F'] })).toEqual({ left: 'R', right: 'L', top: 'H', bottom: 'F' })
    expect(headEdges({ patientOrientation: ['', ''] })).toBeUndefined()
    expect(headEdges({})).toBeUndefined()
    expect(headEdges({ imageOrientation: [0.9, 0.436, 0, 0, 0, -1] })?.right).toBe('LP')
  })
})

test('what an image says about its place and time is read out of the DICOM JSON model', () => {
  const value = (...Value: unknown[]) => ({ vr: 'XX', Value })
  const set = {
    '00080023': value('20261120'),
    '00080033': value('101530.250'),
    '00080080': value('城东诊所'),
    '00200032': value(1, 2, 3),
    '00200037': value(1, 0, 0, 0, 1, 0),
    '00200052': value('1.2.3'),
  }
  expect(imageFacts(set, 0)).toEqual({
    institution: '城东诊所',
    takenAt: '2026-11-20 10:15:30',
    place: { frameOfReference: '1.2.3', position: [1, 2, 3], normal: [0, 0, 1] },
  })
  const enhanced = {
    '52009229': value({ '00209116': value({ '00200037': value(1, 0, 0, 0, 1, 0) }) }),
    '52009230': value(
      { '00209113': value({ '00200032': value(0, 0, 5) }) },
      { '00209113': value({ '00200032': value(0, 0, 10) }) },
    ),
  }
  expect(imageFacts(enhanced, 1).place?.position).toEqual([0, 0, 10])
  expect(imageFacts({}, 0)).toEqual({ institution: '', takenAt: '', place: undefined })
})

test('the wheel’s small pieces add up to pictures', () => {
  expect(wheelSteps(0, 120)).toEqual({ steps: 1, rest: 0 })
  expect(wheelSteps(0, -20)).toEqual({ steps: 0, rest: -20 })
  expect(wheelSteps(-40, -20)).toEqual({ steps: -1, rest: 0 })
})

test('tags are found by number, name and value, also within sequences', () => {
  const rows = tagRows([
    { tag: '(0010,0010)', keyword: 'PatientName', vr: 'PN', value: '张三' },
    {
      tag: '(0008,1140)',
      keyword: 'ReferencedImageSequence',
      vr: 'SQ',
      value: '',
      items: [[{ tag: '(0008,1155)', keyword: 'ReferencedSOPInstanceUID', vr: 'UI', value: '1.2.3' }]],
    },
  ])
  expect(rows.map(({ key, depth }) => [key, depth])).toEqual([
    ['0', 0],
    ['1', 0],
    ['1.0.0', 1],
  ])
  expect(foundRows(rows, '0008,11').map(({ tag }) => tag)).toEqual(['(0008,1140)', '(0008,1155)'])
  expect(foundRows(rows, '00100010')).toHaveLength(1)
  expect(foundRows(rows, '张')).toHaveLength(1)
  expect(foundRows(rows, 'sopinstance')).toHaveLength(1)
  expect(foundRows(rows, ' ')).toHaveLength(3)
  expect(rowsAsText(rows.slice(2))).toBe('  (0008,1155)\tUI\tReferencedSOPInstanceUID\t1.2.3')
})
