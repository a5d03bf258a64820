export const eventTopics = [
  'exams',
  'tray',
  'reports',
  'deliveries',
  'receiver',
  'settings',
  'knock',
  'imports',
  'writing',
] as const
export type EventTopic = (typeof eventTopics)[number]
export type StationEvent = { readonly topic: EventTopic; readonly id: string | undefined }

function readEvent(data: string): StationEvent | undefined {
  try {
    const event = JSON.parse(data) as { topic?: unknown; id?: unknown }
    const topic = eventTopics.find((known) => known === event.topic)
    return topic ? { topic, id: typeof event.id === 'string' ? event.id : undefined } : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads a stream of server-sent events piece by piece. A piece may end anywhere, within a line too. Comments (the station's
 * sign of life) and topics unknown to this desk are passed over.
 */
export function createEventReader(take: (event: StationEvent) => void): (piece: string) => void {
  let rest = ''
  let data: string[] = []
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line === '') {
        const event = data.length > 0 ? readEvent(data.join('\n')) : undefined
        data = []
        if (event) take(event)
      } else if (line.startsWith('data:')) data.push(line.slice(line.startsWith('data: ') ? 6 : 5))
    }
  }
}
