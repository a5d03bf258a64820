import { Button } from 'antd'
import type { ReactNode } from 'react'

type Props = {
  readonly icon: ReactNode
  readonly label: string
  /** As it stands on the keyboard: 'Ctrl+Z'. */
  readonly keys: string
  readonly disabled?: boolean
  /** Whether what it opens is open; absent: it opens nothing that stays. */
  readonly expanded?: boolean
  readonly onClick: () => void
}

/** A small tool in the foot of the report, with its key. */
export function FootTool({ icon, label, keys, disabled = false, expanded, onClick }: Props) {
  return (
    <Button
      size="small"
      type="text"
      icon={icon}
      aria-label={label}
      title={`${label} ${keys}`}
      disabled={disabled}
      {...(expanded !== undefined && { 'aria-expanded': expanded })}
      onClick={onClick}
    />
  )
}
