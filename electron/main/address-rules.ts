/** May the window go there? Only within the station it was opened for. */
export function isWithinStation(address: string, station: string | undefined): boolean {
  return station !== undefined && originOf(address) === originOf(station)
}

/** May the page open that in a window of its own? Only the station's documents: a PDF, or one that the page has already fetched. */
export function isStationDocument(address: string, station: string | undefined): boolean {
  if (!isWithinStation(address, station)) return false
  return address.startsWith('blob:') || new URL(address).pathname.endsWith('.pdf')
}

/** May the system's browser be given that? A web page of others, as the clouds name them: never a file, a program or a script. */
export function isWebPage(address: string, station: string | undefined): boolean {
  if (!URL.canParse(address) || isWithinStation(address, station)) return false
  const { protocol, username, password } = new URL(address)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
}

function originOf(address: string): string | undefined {
  const origin = URL.canParse(address) ? new URL(address).origin : 'null'
  return origin === 'null' ? undefined : origin
}
