import { App } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import { ExamSearchDialog } from './exam-search-dialog.tsx'

type Props = { readonly examId: string; readonly open: boolean; readonly onClose: () => void }

/** The same exam was registered twice: the other one's images come here, and it is cancelled. */
export function MergeDialog({ examId, open, onClose }: Props) {
  const { images } = useText()
  const { message } = App.useApp()
  const [from, setFrom] = useState<{ readonly id: string; readonly words: string }>()
  const close = () => {
    setFrom(undefined)
    onClose()
  }
  const merge = useStationMutation(routes.examMerge, {
    stale: [routes.examRead, routes.examList, routes.moveList],
    onDone: () => {
      message.success(images.merged)
      close()
    },
  })
  return (
    <>
      <ExamSearchDialog
        open={open && from === undefined}
        title={images.mergeTitle}
        hint={images.mergeHint}
        choose={images.mergeOne}
        chooseThis={images.mergeThis}
        busyExamId={undefined}
        except={examId}
        onChoose={(row) =>
          setFrom({ id: row.exam.id, words: images.mergeThis(row.patient.name, row.exam.accessionNumber) })
        }
        onClose={close}
      />
      <ReasonDialog
        open={from !== undefined}
        title={from?.words ?? ''}
        hint={images.mergeHint}
        confirmText={images.merge}
        danger
        loading={merge.isPending}
        onConfirm={(reason) => from && merge.mutate({ params: { id: examId }, body: { fromExamId: from.id, reason } })}
        onClose={close}
      />
    </>
  )
}
