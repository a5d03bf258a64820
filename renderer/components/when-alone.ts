/** A reader's next character is there by then. */
const soon = 60

/**
 * Does what a single digit or letter is meant for, but not for the first character of what a reader or scanner types. Any other key
 * within the time (Enter, an arrow) does it at once.
 */
export function whenAlone(act: () => void): void {
  const stop = () => {
    clearTimeout(timer)
    removeEventListener('keydown', listen, true)
  }
  const listen = (event: KeyboardEvent) => {
    stop()
    if ([...event.key].length > 1 && event.key !== 'Process') act()
  }
  const timer = setTimeout(() => {
    stop()
    act()
  }, soon)
  addEventListener('keydown', listen, true)
}
