import { App, Upload } from 'antd'
import { useRef } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { wordsIn } from '../../api/failure-words.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useWordsNotice } from '../../api/use-words-notice.ts'
import type { NamedFile } from '../../components/dropped-files.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'

/** Whose image it is has to be looked at: the station keeps it in the tray. */
const contradicts = 'STUDY-CONTRADICTS'

/** Puts files into an exam: all that were chosen together go together. */
export function useImportFiles(examId: string) {
  const { exam } = useText()
  const { language } = useLanguage()
  const { message } = App.useApp()
  const notice = useWordsNotice()
  const sent = useRef<readonly File[]>(undefined)
  const attach = useStationMutation(routes.examAttach, {
    stale: [routes.examRead, routes.examList],
    onDone: ({ taken, refused }) => {
      if (taken.length > 0) message.success(exam.imported(taken.length))
      for (const one of refused) {
        const { code, message: why, action } = wordsIn(one, language)
        const all = [why, code === contradicts ? exam.notImportedInTray : action]
        notice(exam.notImported(one.file), { message: '', action: all.join(language === 'en' ? ' ' : '。'), code })
      }
    },
  })
  function send(files: readonly NamedFile[]): void {
    if (files.length === 0) return
    const form = new FormData()
    for (const { file, name } of files) form.append('file', file, name)
    attach.mutate({ params: { id: examId }, body: form })
  }
  return {
    busy: attach.isPending,
    send,
    /** antd asks once a file, each time with the whole list. */
    add(_: File, files: readonly File[]): typeof Upload.LIST_IGNORE {
      if (sent.current === files) return Upload.LIST_IGNORE
      sent.current = files
      send(files.map((file) => ({ file, name: file.name })))
      return Upload.LIST_IGNORE
    },
  }
}
