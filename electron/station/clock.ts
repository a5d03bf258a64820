/** The time now, epoch milliseconds. Handed in everywhere, so that tests can hold or move it. */
export type Clock = () => number
