import { Drawer } from 'antd'
import { PriorExamView } from '../features/lookup/prior-exam-view.tsx'
import type { QuoteTarget } from '../features/lookup/recognition-bar.tsx'
import type { useOpenedPrior } from '../features/lookup/use-opened-prior.ts'
import { useText } from '../text/use-text.tsx'

type Props = {
  readonly examId: string
  readonly prior: ReturnType<typeof useOpenedPrior>
  readonly onQuote?: QuoteTarget | undefined
  /** Over the pictures, so that the report beside it stays in use. */
  readonly inPlace?: boolean
}

export function PriorDrawer({ examId, prior, onQuote, inPlace = false }: Props) {
  const { lookup } = useText()
  const { opened } = prior
  return (
    <Drawer
      open={opened !== undefined}
      title={lookup.opened}
      size={inPlace ? '100%' : 560}
      placement={inPlace ? 'left' : 'right'}
      mask={!inPlace}
      onClose={prior.close}
      {...(inPlace ? { getContainer: false as const, rootStyle: { position: 'absolute' as const } } : {})}
    >
      {opened ? <PriorExamView key={opened.cloudExamId} examId={examId} exam={opened} onQuote={onQuote} /> : null}
    </Drawer>
  )
}
