/** A file with its place in the folder that was dropped: 'CD/DICOM/IM0001'. */
export type NamedFile = { readonly file: File; readonly name: string }

/**
 * Every file of what was dropped, folders opened. To be called before anything is awaited: the browser empties the transfer when
 * the drop's event is over. What cannot be read is left to the station, which says so.
 */
export function droppedFiles({ items, files }: DataTransfer): Promise<readonly NamedFile[]> {
  const dropped = [...items].filter((item) => item.kind === 'file')
  const entries = dropped.map((item) => item.webkitGetAsEntry?.() ?? null)
  if (entries.length === 0 || entries.includes(null))
    return Promise.resolve([...files].map((file) => ({ file, name: file.name })))
  return filesIn(entries.filter((entry) => entry !== null))
}

async function filesIn(entries: readonly FileSystemEntry[]): Promise<readonly NamedFile[]> {
  const found: NamedFile[] = []
  for (const entry of entries) {
    if (isFile(entry)) found.push({ file: await fileOf(entry), name: entry.fullPath.replace(/^\//, '') })
    else if (isFolder(entry)) found.push(...(await filesIn(await childrenOf(entry))))
  }
  return found
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))

/** A reader gives a part at a time, and nothing when it is through. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const children: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0) return children
    children.push(...part)
  }
}
