/** What became of a job that was handed to the system. */
export type PrintOutcome =
  | Readonly<{ kind: 'handed-over' }>
  /** The system gave no answer in time: the paper may come or not. Never printed again by itself. */
  | Readonly<{ kind: 'unconfirmed'; reason: string }>
  | Readonly<{ kind: 'refused'; reason: string }>
  /** The person closed the print dialog. */
  | Readonly<{ kind: 'cancelled' }>
