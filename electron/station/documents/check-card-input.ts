import type { StationSettings } from '../../../shared/models/settings.ts'

/** What a check card (检查卡, handed to the patient at registration) says. */
export type CheckCardInput = {
  readonly paper: StationSettings['paper']['card']
  readonly institution: { readonly name: string; readonly phone: string }
  readonly patient: { readonly name: string; readonly sex: string; readonly age: string }
  readonly accessionNumber: string
  readonly item: string
  readonly bodyPart: string
  /** 'yyyy-MM-dd HH:mm'. */
  readonly time: string
  /** The cloud's own picture, read by `readQrPng`; without one the card says that the QR comes with the report. */
  readonly qrPng: Buffer | undefined
  /** Epoch milliseconds that the file carries as its date. */
  readonly createdAt: number
}
