import type { Destination } from '../../../shared/models/destination.ts'
import type { AskingSources } from './ask-address.ts'

/** The web addresses of the clouds in use, and how their own certificates are trusted. */
export function knownClouds(destinations: () => readonly Destination[]): Pick<AskingSources, 'cloudHosts' | 'trustOf'> {
  const clouds = () => destinations().flatMap((one) => (one.enabled ? hostsOf(one) : []))
  return {
    cloudHosts: () => [...new Set(clouds().map(({ host }) => host))],
    trustOf: (wanted) => clouds().find(({ host }) => host === wanted)?.tls,
  }
}

function hostsOf(destination: Destination) {
  if (destination.kind === 'pacs') return []
  const { tls } = destination.settings
  const addresses =
    destination.kind === 'aimis'
      ? [destination.settings.gatewayUrl, destination.settings.serviceUrl]
      : [destination.settings.baseUrl]
  return addresses.map((address) => ({ host: new URL(address).hostname.replace(/^\[|\]$/g, ''), tls }))
}
