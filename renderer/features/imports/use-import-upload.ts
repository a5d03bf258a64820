import { Upload } from 'antd'
import { type DragEvent, useRef } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { droppedFiles, type NamedFile } from '../../components/dropped-files.ts'

/** Sends all that was dropped or chosen together as one import, each file under its place in the folder. */
export function useImportUpload() {
  const notice = useFailureNotice()
  const sent = useRef<readonly File[]>(undefined)
  const start = useStationMutation(routes.importFiles, { stale: [routes.importList, routes.trayList] })
  function send(files: readonly NamedFile[]): void {
    if (files.length === 0) return
    const form = new FormData()
    for (const { file, name } of files) form.append('file', file, name)
    start.mutate({ body: form })
  }
  return {
    busy: start.isPending,
    /** antd asks once a file, each time with the whole list. */
    add(_: File, files: readonly File[]): typeof Upload.LIST_IGNORE {
      if (sent.current === files) return Upload.LIST_IGNORE
      sent.current = files
      send(files.map((file) => ({ file, name: file.webkitRelativePath || file.name })))
      return Upload.LIST_IGNORE
    },
    /** In place of antd's own, which takes either files or folders. */
    drop(event: DragEvent): void {
      event.preventDefault()
      event.stopPropagation()
      droppedFiles(event.dataTransfer).then(send, notice)
    },
  }
}
