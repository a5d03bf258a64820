import { Modal } from 'antd'
import { useText } from '../../text/use-text.tsx'

export function KeysHelp({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { report } = useText()
  return (
    <Modal open={open} title={report.keysTitle} footer={null} onCancel={onClose}>
      <table className="keys-help">
        <tbody>
          {report.keyRows.map(([key, words]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}
