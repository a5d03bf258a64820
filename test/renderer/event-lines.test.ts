import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventReader, type StationEvent } from '../../renderer/api/event-lines.ts'
import { staleKeysOf } from '../../renderer/api/stale-routes.ts'
import { routes } from '../../shared/api/routes.ts'

function eventsOf(pieces: readonly string[]): StationEvent[] {
  const events: StationEvent[] = []
  const read = createEventReader((event) => events.push(event))
  for (const piece of pieces) read(piece)
  return events
}

const stream = ': connected\n\ndata: {"topic":"exams","id":"7"}\n\n: still here\n\ndata: {"topic":"tray"}\n\n'

test('events are read, and the signs of life between them passed over', () => {
  expect(eventsOf([stream])).toEqual([
    { topic: 'exams', id: '7' },
    { topic: 'tray', id: undefined },
  ])
})

test('a stream may be cut anywhere and with any line ending', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), (cuts, ending) => {
      const text = stream.replaceAll('\n', ending)
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length]
      const pieces = places.slice(1).map((end, index) => text.slice(places[index], end))
      expect(eventsOf(pieces)).toHaveLength(2)
    }),
  )
})

test('what is no event of this desk does no harm', () => {
  expect(eventsOf(['data: {"topic":"weather"}\n\ndata: not json\n\nevent: ping\n\n'])).toEqual([])
})

test('an exam that changed makes its own page stale and no other', () => {
  const stale = staleKeysOf({ topic: 'exams', id: 'a' })
  expect(stale).toContainEqual({ path: routes.examList.path, id: undefined })
  expect(stale).toContainEqual({ path: routes.examRead.path, id: 'a' })
})
