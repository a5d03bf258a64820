const dicom = '1.2.840.10008.'
const storageBranch = `${dicom}5.1.4.1.1.`

/** Within the branch of storage, and no storage: Protocol Approval and Inventory are also asked for and moved, PS3.6 table A-1. */
const notStorage: ReadonlySet<string> = new Set(
  ['200.4', '200.5', '200.6', '201.2', '201.3', '201.4', '201.5', '201.6'].map((end) => storageBranch + end),
)

/** Storage outside its branch, PS3.6 table A-1, the retired and the drafts among them. */
const storageElsewhere: ReadonlySet<string> = new Set(
  [
    '5.1.1.27', // Stored Print
    '5.1.1.29', // Hardcopy Grayscale Image
    '5.1.1.30', // Hardcopy Color Image
    '5.1.4.34.1', // RT Beams Delivery Instruction, draft of supplement 74
    '5.1.4.34.7', // RT Beams Delivery Instruction
    '5.1.4.34.10', // RT Brachy Application Setup Delivery Instruction
    '5.1.4.38.1', // Hanging Protocol
    '5.1.4.39.1', // Color Palette
    '5.1.4.43.1', // Generic Implant Template
    '5.1.4.44.1', // Implant Assembly Template
    '5.1.4.45.1', // Implant Template Group
  ].map((end) => dicom + end),
)

/**
 * Whether a SOP class is stored by C-STORE, PS3.4 B.5 and GG.3: every class of the standard's branch, also those newer than this
 * program, those that stand elsewhere, and every private class; who makes one up makes it up to store.
 */
export function isStorage(sopClassUid: string): boolean {
  if (sopClassUid === '') return false
  if (!sopClassUid.startsWith(dicom)) return true
  return (sopClassUid.startsWith(storageBranch) && !notStorage.has(sopClassUid)) || storageElsewhere.has(sopClassUid)
}
