/** So much of the wheel is one picture further: one notch of a mouse is 100 or more, a touch pad sends many small pieces. */
const wheelStep = 50

/** How many pictures the wheel leads on, and what is left of its way. */
export function wheelSteps(rest: number, delta: number): { readonly steps: -1 | 0 | 1; readonly rest: number } {
  const sum = rest + delta
  return Math.abs(sum) < wheelStep ? { steps: 0, rest: sum } : { steps: sum > 0 ? 1 : -1, rest: 0 }
}
