import { Modal } from 'antd'
import { KeysTable } from '../../components/keys-table.tsx'
import { useText } from '../../text/use-text.tsx'

export function KeysHelp({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { report } = useText()
  return (
    <Modal open={open} title={report.keysTitle} footer={null} onCancel={onClose}>
      <KeysTable rows={report.keyRows} />
    </Modal>
  )
}
