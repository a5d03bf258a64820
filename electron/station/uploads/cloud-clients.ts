import { type AimisClient, createAimisClient } from '../../../shared/clouds/aimis/client.ts'
import {
  type AimisServiceClient,
  createAimisServiceClient,
} from '../../../shared/clouds/aimis/internet-hospital-client.ts'
import { createHttpTransport, type HttpTimeouts } from '../../../shared/clouds/http-transport.ts'
import { createJilinClient, type JilinClient } from '../../../shared/clouds/jilin/client.ts'
import type { TokenStore } from '../../../shared/clouds/jilin/token.ts'
import type { TlsTrust } from '../../../shared/models/destination.ts'
import type { Clock } from '../clock.ts'
import type { DestinationOf } from './delivery.ts'
import { perDestination } from './per-destination.ts'

export type CloudClientsDeps = {
  readonly clock: Clock
  /** Ends calls that are under way, as when the station stops. */
  readonly signal?: AbortSignal
  readonly timeouts?: { readonly http?: Partial<HttpTimeouts> }
  /** Where a destination's token and its daily count are kept across restarts. */
  readonly tokenStore: (destinationId: string) => TokenStore
}

/**
 * The clients of the clouds, one a destination: deliveries, lookups, reconciliation and connection tests ask through the same one,
 * because what a client knows is the account's (the token that is renewed once for all who wait, the other side's clock).
 */
export type CloudClients = {
  /** The in-hospital gateway. */
  readonly aimis: (destination: DestinationOf<'aimis'>) => AimisClient
  /** The internet-hospital service of the same account. */
  readonly aimisService: (destination: DestinationOf<'aimis'>) => AimisServiceClient
  readonly jilin: (destination: DestinationOf<'jilin'>) => JilinClient
}

export function createCloudClients(deps: CloudClientsDeps): CloudClients {
  const { clock } = deps
  const signal = deps.signal ? { signal: deps.signal } : {}
  const transportFor = (tls: TlsTrust | undefined) =>
    createHttpTransport({
      clock,
      ...(tls ? { tls } : {}),
      ...(deps.timeouts?.http ? { timeouts: deps.timeouts.http } : {}),
    })
  return {
    aimis: perDestination(({ settings }: DestinationOf<'aimis'>) =>
      createAimisClient({ settings, transport: transportFor(settings.tls), clock, ...signal }),
    ),
    aimisService: perDestination(({ settings }: DestinationOf<'aimis'>) =>
      createAimisServiceClient({ settings, transport: transportFor(settings.tls), clock, ...signal }),
    ),
    jilin: perDestination(({ id, settings }: DestinationOf<'jilin'>) =>
      createJilinClient({
        settings,
        tokens: deps.tokenStore(id),
        transport: transportFor(settings.tls),
        clock,
        ...signal,
      }),
    ),
  }
}
