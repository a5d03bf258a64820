import type { Destination } from '../../../shared/models/destination.ts'

/**
 * One client a destination, kept for as long as its settings stay the same: what a client knows (a shared token, the clock of the
 * other side) belongs to the account, not to a call.
 */
export function perDestination<D extends Destination, Client>(
  make: (destination: D) => Client,
): (destination: D) => Client {
  const clients = new Map<string, { readonly settings: string; readonly client: Client }>()
  return (destination) => {
    const settings = JSON.stringify(destination.settings)
    const kept = clients.get(destination.id)
    if (kept?.settings === settings) return kept.client
    const client = make(destination)
    clients.set(destination.id, { settings, client })
    return client
  }
}
