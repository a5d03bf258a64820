import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { TakeOutDialog } from '../../clinic/take-out-dialog.tsx'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import { ExamSearchDialog } from './exam-search-dialog.tsx'
import { useMoveStudy } from './use-move-study.tsx'

type Props = {
  readonly study: ExamPage['studies'][number]
  readonly examId: string
  readonly thumbnailOf: (instanceId: string) => ReactNode
}

/** One study of the exam, and the ways out of it: the whole, or those of its images that are somebody else's. */
export function StudyCard({ study, examId, thumbnailOf }: Props) {
  const { exam: text, images, tray } = useText()
  const user = useUser()
  const [asking, setAsking] = useState<'nothing' | 'detach' | 'move' | 'apart'>('nothing')
  const close = () => setAsking('nothing')
  const { header, instances, attachedBy } = study
  const moving = useMoveStudy(header.studyInstanceUid, close)
  return (
    <div className="study-facts" data-study={header.studyInstanceUid}>
      <div>
        {header.modality} {header.studyDescription} <span className="mono">{header.studyDateTime}</span>
      </div>
      <div className="faint">
        {header.callingAeTitle === 'import' ? tray.imported : header.callingAeTitle} ·{' '}
        {text.images(instances.length, new Set(instances.map((i) => i.seriesInstanceUid)).size)} ·{' '}
        {images.attachedBy(attachedBy)}
      </div>
      {mayCall(user, routes.trayDetach) ? (
        <div className="row-actions">
          <Button size="small" onClick={() => setAsking('move')}>
            {images.move}
          </Button>
          <Button size="small" onClick={() => setAsking('detach')}>
            {images.detach}
          </Button>
          {instances.length > 1 && mayCall(user, routes.trayTakeOut) ? (
            <Button size="small" onClick={() => setAsking('apart')}>
              {images.takeOutSome}
            </Button>
          ) : null}
        </div>
      ) : null}
      <ReasonDialog
        open={asking === 'detach'}
        title={images.detachTitle}
        hint={images.detachHint}
        confirmText={images.detach}
        danger
        loading={moving.isTakingOut}
        onConfirm={(reason) => moving.takeOut(reason)}
        onClose={close}
      />
      <ExamSearchDialog
        open={asking === 'move'}
        title={images.moveTitle}
        hint={images.moveHint}
        choose={images.move}
        chooseThis={images.moveTo}
        busyExamId={moving.busyExamId}
        except={examId}
        onChoose={(row) => moving.moveTo(row.exam.id)}
        onClose={close}
      />
      <TakeOutDialog
        open={asking === 'apart'}
        studyInstanceUid={header.studyInstanceUid}
        thumbnailOf={thumbnailOf}
        loading={moving.isTakingApart}
        onConfirm={moving.takeApart}
        onClose={close}
      />
      {moving.dialog}
    </div>
  )
}
