import { Button, Popover } from 'antd'
import { type ReactNode, useRef, useState } from 'react'

/** What the keys can be at. */
const stops = 'button:not(:disabled), input:not(:disabled)'

type Props = {
  readonly icon: ReactNode
  /** On the button. */
  readonly words: string
  /** At the head of what opens. */
  readonly title: string
  /** Drawn only while it is open. */
  readonly content: (close: () => void) => ReactNode
}

/** A button above the board, and what opens below it: the keys are in it while it is open, and back at the button afterwards. */
export function BoardPopover({ icon, words, title, content }: Props) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const leave = () => {
    if (box.current?.contains(document.activeElement)) button.current?.focus()
    setOpen(false)
  }
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={(wanted) => (wanted ? setOpen(true) : leave())}
      afterOpenChange={(isOpen) => isOpen && box.current?.querySelector<HTMLElement>(stops)?.focus()}
      title={title}
      content={
        open ? (
          // biome-ignore lint/a11y/noStaticElementInteractions: Escape within is told to what it closes
          <div ref={box} role="presentation" onKeyDown={(event) => event.key === 'Escape' && leave()}>
            {content(leave)}
          </div>
        ) : null
      }
    >
      <Button ref={button} icon={icon} aria-haspopup="dialog" aria-expanded={open}>
        {words}
      </Button>
    </Popover>
  )
}
