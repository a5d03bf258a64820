/** A reader's next character is there by then. */
const soon = 60

/**
 * Does what a single digit or letter is meant for, but not for the first character of what a reader or scanner types. Any other key
 * within the time (Enter, an arrow) does it at once. `pressed`: the key's event; its own time counts, so that a busy page, which hears of
 * several keys at once, takes no person for a reader.
 */
export function whenAlone(act: () => void, pressed: { readonly timeStamp: number }): void {
  const stop = () => {
    clearTimeout(timer)
    removeEventListener('keydown', listen, true)
  }
  const listen = (event: KeyboardEvent) => {
    stop()
    const isPerson = event.timeStamp - pressed.timeStamp >= soon
    if (isPerson || ([...event.key].length > 1 && event.key !== 'Process')) act()
  }
  const timer = setTimeout(() => {
    stop()
    act()
  }, soon)
  addEventListener('keydown', listen, true)
}
