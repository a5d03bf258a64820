const storageKey = 'station-dismissed-duplicates'
const kept = 200

/** Exams whose duplicate warning was answered in this window, by their ids. */
function dismissed(): readonly string[] {
  const text = sessionStorage.getItem(storageKey)
  return text ? text.split(' ') : []
}

export function isDismissed(examId: string): boolean {
  return dismissed().includes(examId)
}

export function dismiss(examId: string): void {
  sessionStorage.setItem(storageKey, [examId, ...dismissed()].slice(0, kept).join(' '))
}
