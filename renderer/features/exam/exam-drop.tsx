import { Spin } from 'antd'
import { type DragEvent, type ReactNode, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { droppedFiles } from '../../components/dropped-files.ts'
import { useText } from '../../text/use-text.tsx'
import { useImportFiles } from './use-import-files.ts'

type Props = { readonly page: ExamPage; readonly className: string; readonly children: ReactNode }

/** Files that are dropped on the pictures go into this exam. */
export function ExamDrop({ page, className, children }: Props) {
  const { exam } = useText()
  const user = useUser()
  const files = useImportFiles(page.exam.id)
  const notice = useFailureNotice()
  const [isOver, setIsOver] = useState(false)
  const mayDrop = page.state !== 'cancelled' && mayCall(user, routes.examAttach)
  const carriesFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files')
  const onDragOver = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    // Without this the browser would open the file in place of the desk.
    event.preventDefault()
    event.dataTransfer.dropEffect = mayDrop ? 'copy' : 'none'
    setIsOver(mayDrop)
  }
  const onDrop = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    event.preventDefault()
    setIsOver(false)
    if (mayDrop) droppedFiles(event.dataTransfer).then(files.send, notice)
  }
  const onDragLeave = ({ currentTarget, relatedTarget }: DragEvent) => {
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setIsOver(false)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button “导入文件” does the same by keyboard
    <div className={className} onDragOver={onDragOver} onDragLeave={onDragLeave} onDrop={onDrop}>
      {children}
      {isOver || files.busy ? (
        <div className="drop-words">
          {files.busy ? <Spin /> : null}
          <span>{files.busy ? exam.importing : exam.dropHere(page.patient.name)}</span>
        </div>
      ) : null}
    </div>
  )
}
