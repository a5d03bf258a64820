import { Button, Popover } from 'antd'
import { type ReactNode, useState } from 'react'

type Props = {
  readonly icon: ReactNode
  /** On the button. */
  readonly words: string
  /** At the head of what opens. */
  readonly title: string
  /** Drawn only while it is open. */
  readonly content: (close: () => void) => ReactNode
}

/** A button above the board, and what opens below it. */
export function BoardPopover({ icon, words, title, content }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      title={title}
      content={open ? content(() => setOpen(false)) : null}
    >
      <Button icon={icon} aria-haspopup="dialog" aria-expanded={open}>
        {words}
      </Button>
    </Popover>
  )
}
