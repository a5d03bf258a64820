const written = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** A PN as people read it (PS3.5 6.2.1): the name as it is written first, its letters after it. '^' parts a Chinese name only for machines. */
export function personWords(name: string): string {
  const groups = name.split('=').map((group) => {
    const isWritten = written.test(group)
    const parts = group.split('^').flatMap((part) => part.trim() || [])
    return { isWritten, text: parts.join(isWritten ? '' : ' ').replaceAll(/ +/g, ' ') }
  })
  const inOrder = [...groups.filter(({ isWritten }) => isWritten), ...groups.filter(({ isWritten }) => !isWritten)]
  return inOrder.flatMap(({ text }) => text || []).join(' ')
}
