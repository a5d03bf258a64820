/** What Enter stops at: fields that can be seen, of a group of choices the chosen one, and the button that saves. */
function stopsOf(scope: ParentNode): HTMLElement[] {
  const fields = [
    ...scope.querySelectorAll<HTMLElement>(
      'input:not([type=hidden]):not([disabled]):not([tabindex="-1"]), textarea, button[type=submit]',
    ),
  ]
  const groups = new Map<string, HTMLInputElement>()
  for (const field of fields)
    if (isChoice(field) && (field.checked || !groups.has(field.name))) groups.set(field.name, field)
  return fields.filter(
    (field) =>
      (!isChoice(field) || groups.get(field.name) === field) && (isChoice(field) || field.offsetParent !== null),
  )
}

const isChoice = (field: HTMLElement): field is HTMLInputElement =>
  field instanceof HTMLInputElement && field.type === 'radio'

/** Enter goes to the next field, as on every Chinese registration screen. */
export function focusNextField(field: HTMLElement): void {
  const scope = field.closest('form')
  if (!scope) return
  const stops = stopsOf(scope)
  const here = isChoice(field)
    ? stops.findIndex((stop) => isChoice(stop) && stop.name === field.name)
    : stops.indexOf(field)
  stops[here + 1]?.focus()
}

export function focusSubmit(field: HTMLElement): void {
  field.closest('form')?.querySelector<HTMLElement>('button[type=submit]')?.focus()
}

/** 1 to 9 chooses among the choices of the group that has the focus; answers whether there is such a one. */
export function chooseByDigit(field: HTMLElement, digit: number): boolean {
  if (!isChoice(field)) return false
  const group = [...(field.closest('form')?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? [])].filter(
    (one) => one.name === field.name,
  )
  const chosen = group[digit - 1]
  chosen?.click()
  chosen?.focus()
  return chosen !== undefined
}
