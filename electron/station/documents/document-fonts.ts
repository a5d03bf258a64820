import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Two weights of Noto Sans SC (static TrueType, OFL-1.1). Each document embeds the few glyphs that it uses. */
export type DocumentFonts = { readonly regular: Buffer; readonly bold: Buffer }

const regularFile = 'NotoSansSC_400Regular.ttf'
const boldFile = 'NotoSansSC_700Bold.ttf'

/**
 * Reads the fonts, about 21 MB, once for the life of the room. A packaged program carries the two files side by side in `folder`;
 * without one they are found where npm put them.
 */
export function loadDocumentFonts(folder?: string): DocumentFonts {
  if (folder !== undefined) {
    return { regular: readFileSync(join(folder, regularFile)), bold: readFileSync(join(folder, boldFile)) }
  }
  const home = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  return {
    regular: readFileSync(join(home, '400Regular', regularFile)),
    bold: readFileSync(join(home, '700Bold', boldFile)),
  }
}
