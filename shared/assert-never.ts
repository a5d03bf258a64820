/** Ends a switch over a closed union: a new member that nobody handles fails to compile, and a stray value fails loudly. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`)
}
