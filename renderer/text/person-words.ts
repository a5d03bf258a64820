/** A PN as people read it: components apart, groups one after the other. */
export function personWords(name: string): string {
  return name.replaceAll(/[\^=]/g, ' ').replaceAll(/ +/g, ' ').trim()
}
