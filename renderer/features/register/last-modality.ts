import { type Modality, modalitySchema } from '../../../shared/models/exam.ts'

const keyOf = (username: string) => `station-modality:${username}`

/** What a person registered last at this computer; mostly the next is the same. */
export const lastModality = {
  read: (username: string): Modality => {
    const read = modalitySchema.safeParse(localStorage.getItem(keyOf(username)))
    return read.success ? read.data : 'DR'
  },
  write: (username: string, modality: Modality | undefined): void => {
    if (modality) localStorage.setItem(keyOf(username), modality)
  },
}
