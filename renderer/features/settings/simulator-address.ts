/** The root of a destination that lives on this computer: there only the simulated clouds are. */
export function simulatorAddress(settings: Readonly<Record<string, unknown>>): string | undefined {
  const text = String(settings.gatewayUrl ?? settings.baseUrl ?? '')
  if (!URL.canParse(text)) return undefined
  const { origin, hostname } = new URL(text)
  return hostname === '127.0.0.1' ? `${origin}/` : undefined
}
