import { Button, Card, Descriptions } from 'antd'
import { type ReactNode, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { TrayStudy } from '../../../shared/api/views.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { ExamSearch } from '../../clinic/exam-search.tsx'
import { Moment } from '../../clinic/moment.tsx'
import { personWords } from '../../text/person-words.ts'
import { sexWords } from '../../text/sex-words.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { CandidateList } from './candidate-list.tsx'
import { TakeOut } from './take-out.tsx'
import { useAttach } from './use-attach.tsx'

type Props = { readonly study: TrayStudy; readonly thumbnailOf: (instanceId: string) => ReactNode }

export function TrayStudyCard({ study, thumbnailOf }: Props) {
  const { register, tray, words } = useText()
  const { language } = useLanguage()
  const user = useUser()
  const { header } = study
  const [searching, setSearching] = useState(study.candidates.length === 0)
  const attaching = useAttach(header.studyInstanceUid)
  const mayAttach = mayCall(user, routes.trayAttach)
  const facts: readonly (readonly [string, string])[] = [
    [register.sex, sexWords(header.patientSex, words.sex)],
    [register.birthDate, header.patientBirthDate],
    [tray.patientId, header.patientId],
    [tray.accessionNumber, header.accessionNumber],
    [register.modality, header.modality],
    [tray.bodyPart, header.bodyPart],
    [tray.description, header.studyDescription],
    [tray.studyTime, header.studyDateTime],
    [tray.from, header.callingAeTitle === 'import' ? tray.imported : header.callingAeTitle],
  ]
  return (
    <Card className="tray-card" data-tray-study={header.studyInstanceUid}>
      <div className="tray-card-body">
        <div className="tray-thumbnail">
          {study.firstInstanceId ? thumbnailOf(study.firstInstanceId) : null}
          <span>{tray.images(study.imageCount)}</span>
        </div>
        <div className="tray-facts">
          <h2>{personWords(header.patientName) || tray.noName}</h2>
          <p className="tray-reason">{tray.whyHere(language === 'en' ? study.reasonInEnglish : study.reason)}</p>
          <Descriptions
            size="small"
            column={2}
            items={[
              ...facts
                .filter(([, value]) => value !== '')
                .map(([label, children]) => ({ key: label, label, children })),
              { key: 'received', label: tray.receivedAt, children: <Moment at={study.receivedAt} /> },
            ]}
          />
          {study.imageCount > 1 && mayCall(user, routes.trayTakeOut) ? (
            <TakeOut studyInstanceUid={header.studyInstanceUid} thumbnailOf={thumbnailOf} />
          ) : null}
        </div>
        <div className="tray-candidates">
          <h3>{tray.candidates}</h3>
          <CandidateList candidates={study.candidates} attaching={attaching} mayAttach={mayAttach} />
          {mayAttach && !searching ? (
            <Button size="small" onClick={() => setSearching(true)}>
              {tray.otherExam}
            </Button>
          ) : null}
          {mayAttach && searching ? (
            <ExamSearch
              choose={tray.attach}
              chooseThis={tray.attachTo}
              busyExamId={attaching.busyExamId}
              onChoose={(row) => attaching.attach({ examId: row.exam.id, mustConfirm: false, contradictions: [] })}
            />
          ) : null}
        </div>
      </div>
    </Card>
  )
}
