/** Something changed. Watchers ask again for what they show; an event carries no data that could grow stale. */
export type StationEvent = {
  readonly topic:
    | 'exams'
    | 'tray'
    | 'reports'
    | 'deliveries'
    | 'receiver'
    | 'settings'
    | 'knock'
    | 'imports'
    | 'writing'
  readonly id?: string
}

export type Events = ReturnType<typeof createEvents>

export function createEvents() {
  const watchers = new Set<(event: StationEvent) => void>()
  return {
    tell(event: StationEvent): void {
      for (const watcher of watchers) watcher(event)
    },
    watch(watcher: (event: StationEvent) => void): () => void {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
