export type ReceiverStartCode = 'port-in-use' | 'port-not-allowed' | 'address-not-here' | 'cannot-listen'

/** Why the DICOM port could not be opened; the caller turns the code into words. */
export class ReceiverStartError extends Error {
  readonly code: ReceiverStartCode
  constructor(code: ReceiverStartCode, message: string) {
    super(message)
    this.name = 'ReceiverStartError'
    this.code = code
  }
}

const codes: Readonly<Record<string, ReceiverStartCode>> = {
  EADDRINUSE: 'port-in-use',
  EACCES: 'port-not-allowed',
  EADDRNOTAVAIL: 'address-not-here',
}

/** Of what the operating system said. */
export function receiverStartError({ code = '', message }: NodeJS.ErrnoException): ReceiverStartError {
  return new ReceiverStartError(codes[code] ?? 'cannot-listen', message)
}
