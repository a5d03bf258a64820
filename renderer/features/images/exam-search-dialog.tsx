import { Modal } from 'antd'
import type { ComponentProps } from 'react'
import { ExamSearch } from '../../clinic/exam-search.tsx'

type Props = ComponentProps<typeof ExamSearch> & {
  readonly open: boolean
  readonly title: string
  readonly hint: string
  readonly onClose: () => void
}

/** Another exam is looked up, and one of those found chosen. */
export function ExamSearchDialog({ open, title, hint, onClose, ...search }: Props) {
  return (
    <Modal open={open} title={title} width={720} footer={null} onCancel={onClose} destroyOnHidden>
      <p className="faint">{hint}</p>
      <ExamSearch {...search} />
    </Modal>
  )
}
