import { type Burst, isMachineTyping, nextBurst } from './fast-typing.ts'

type Field = HTMLInputElement | HTMLTextAreaElement
type Before = { readonly field: Field; readonly value: string }

/** So long after its last key a burst is over. */
const overAfterMilliseconds = 100

export type Scan = {
  readonly text: string
  /** It went into a field while it came. */
  readonly wasTyped: boolean
  /** Takes it out of the field again. */
  readonly takeBack: () => void
}

/**
 * Watches the keyboard for readers and scanners, wherever the focus is. Their characters go into the field as if typed, so that
 * nothing is lost when nobody wants them; only Enter and Tab within are held back, since they would leave the field, and given back
 * as a key press when nobody took the text. Outside fields nothing of it reaches the page's shortcuts. Answers how to stop.
 *
 * @param onScan answers whether somebody took the text
 */
export function watchScans(onScan: (scan: Scan) => Promise<boolean>): () => void {
  let burst: Burst | undefined
  let before: Before | undefined
  let held: KeyboardEvent | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function forget(): void {
    burst = undefined
    before = undefined
    held = undefined
    clearTimeout(timer)
  }

  async function end(): Promise<void> {
    const [whole, field, lastHeld] = [burst, before, held]
    if (whole === undefined || !isMachineTyping(whole)) return
    const taken = await onScan({
      text: whole.text,
      wasTyped: field !== undefined,
      takeBack: () => field && putBack(field),
    })
    // On a busy computer keys come late: by their own times they may still go on what nobody wanted half.
    if (burst === whole && taken) forget()
    if (!taken && lastHeld) pressAgain(lastHeld)
  }

  function listen(event: KeyboardEvent): void {
    if (!event.isTrusted || isSecret(event.target)) return
    const typed = nextBurst(burst, {
      key: event.key,
      code: event.code,
      shift: event.shiftKey,
      modified: event.ctrlKey || event.altKey || event.metaKey,
      repeat: event.repeat,
      at: event.timeStamp,
    })
    if (!typed) {
      forget()
      return
    }
    const isNew = typed.firstAt !== burst?.firstAt
    if (isNew) {
      before = isField(event.target) ? { field: event.target, value: event.target.value } : undefined
      held = undefined
    }
    burst = typed
    clearTimeout(timer)
    timer = setTimeout(() => void end(), overAfterMilliseconds)
    if (!isMachineTyping(typed)) return
    const leavesField = /[\n\t]$/.test(typed.text)
    if (leavesField) held = event
    if (leavesField || !before) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  addEventListener('keydown', listen, true)
  return () => {
    forget()
    removeEventListener('keydown', listen, true)
  }
}

const textual = /^(text|search|tel|url|email|number|)$/
function isField(target: EventTarget | null): target is Field {
  if (target instanceof HTMLTextAreaElement) return !target.readOnly
  return target instanceof HTMLInputElement && textual.test(target.type) && !target.readOnly
}

const isSecret = (target: EventTarget | null) => target instanceof HTMLInputElement && target.type === 'password'

/** As if it had never been typed; an input method that was at it is stopped first. */
function putBack({ field, value }: Before): void {
  if (!field.isConnected || field.value === value) return
  field.blur()
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  // React listens to the element's own setter.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function pressAgain(event: KeyboardEvent): void {
  const { key, code, keyCode } = event
  event.target?.dispatchEvent(new KeyboardEvent('keydown', { key, code, keyCode, bubbles: true, cancelable: true }))
}
