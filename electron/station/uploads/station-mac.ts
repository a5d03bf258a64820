import { networkInterfaces } from 'node:os'

/** The station's main network card as the provincial document wants it, 'AA-BB-CC-DD-EE-FF'; zeros on a computer without one. */
export function stationMac(): string {
  const cards = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const card = cards.find((address) => !address.internal && address.mac !== '00:00:00:00:00:00')
  return (card?.mac ?? '00:00:00:00:00:00').toUpperCase().replaceAll(':', '-')
}
