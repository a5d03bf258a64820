/** POST /callbacks/aimis/{destinationId}: the address that is given to the cloud. */
export const callbackPath = '/callbacks/aimis/'

/** A callback has some hundred bytes; nobody needs to send more. */
export const largestCallback = 64 * 1024

/** The destination that an address names; undefined for every other address. */
export function destinationOfCallback(url: string): string | undefined {
  const [, id] = /^\/callbacks\/aimis\/([\w-]{1,100})$/.exec(url) ?? []
  return id
}
