/** A device on the network as it stands in a clinic: it asks for its worklist and sends images with what it got. */
export type SimulatedModalitySetup = {
  readonly aeTitle: string
  readonly station: { readonly aeTitle: string; readonly host: string; readonly port: number }
}
