import './key-cap.css'

/** A key, or several held together, as it stands on the keyboard. */
export function KeyCap({ children }: { readonly children: string }) {
  return <kbd className="key-cap">{children}</kbd>
}
