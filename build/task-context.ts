export type TaskContext = Readonly<{
  /** The project's folder. */
  root: string
  /** What stood after `--` on the command line. */
  flags: readonly string[]
}>

/** A failure whose message already says what happened and what to do; it is shown without a stack. */
export class TaskFailure extends Error {
  readonly forPeople = true
}
