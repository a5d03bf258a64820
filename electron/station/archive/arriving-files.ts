export type ArrivingFiles = ReturnType<typeof createArrivingFiles>

/**
 * Files whose row is written while their bytes are still on the way to the disk: both take their time, and neither waits for the other.
 * Whoever sent them is told nothing before both are done.
 */
export function createArrivingFiles() {
  const arriving = new Map<string, { readonly path: string; readonly settled: Promise<void> }>()
  return {
    /** `named` settles when the file has its name in the store, or never will. */
    add(versionId: string, path: string, named: Promise<void>): void {
      const forget = () => void arriving.delete(versionId)
      arriving.set(versionId, { path, settled: named.then(forget, forget) })
    },
    /** Where the bytes are as long as they have no name in the store. */
    pathOf: (versionId: string): string | undefined => arriving.get(versionId)?.path,
    /** Never fails: whether the file is there is seen at its place. */
    settled: async (versionId: string): Promise<void> => arriving.get(versionId)?.settled,
  }
}
