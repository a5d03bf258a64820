import { Upload } from 'antd'
import { useRef } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'

/** Sends all that was dropped or chosen together as one import, each file under its place in the folder. */
export function useImportUpload() {
  const sent = useRef<readonly File[]>(undefined)
  const start = useStationMutation(routes.importFiles, { stale: [routes.importList, routes.trayList] })
  return {
    busy: start.isPending,
    /** antd asks once a file, each time with the whole list. */
    add(_: File, files: readonly File[]): typeof Upload.LIST_IGNORE {
      if (sent.current === files) return Upload.LIST_IGNORE
      sent.current = files
      const form = new FormData()
      for (const file of files) form.append('file', file, file.webkitRelativePath || file.name)
      start.mutate({ body: form })
      return Upload.LIST_IGNORE
    },
  }
}
