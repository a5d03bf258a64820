/** A text after something was put in place of what was selected, and where the caret stands then. Positions in UTF-16 units. */
export function insertAt(
  text: string,
  from: number,
  to: number,
  added: string,
): { readonly text: string; readonly caret: number } {
  const start = Math.max(0, Math.min(from, to, text.length))
  const end = Math.min(Math.max(from, to), text.length)
  return { text: `${text.slice(0, start)}${added}${text.slice(end)}`, caret: start + added.length }
}
