import type { ReactNode } from 'react'
import { isWebAddress } from './web-address.ts'

type Props = { readonly address: string; readonly children: ReactNode }

/** A page of a cloud: in a window of its own that knows nothing of this one. Anything but a web address is shown as text. */
export function CloudLink({ address, children }: Props) {
  if (!isWebAddress(address)) return <span className="faint">{address}</span>
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" className="cloud-link">
      {children}
    </a>
  )
}
