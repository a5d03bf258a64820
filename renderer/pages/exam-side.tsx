import { Badge, Tabs } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { ExamPage } from '../../shared/api/views.ts'
import { CorrectionMenu } from '../features/corrections/correction-menu.tsx'
import { RetractionBanner } from '../features/corrections/retraction-banner.tsx'
import { StudyCorrections } from '../features/corrections/study-corrections.tsx'
import { ExamDeliveries } from '../features/deliveries/exam-deliveries.tsx'
import { HoldBanner } from '../features/deliveries/hold-banner.tsx'
import { CloudViews } from '../features/exam/cloud-views.tsx'
import { ExamActions } from '../features/exam/exam-actions.tsx'
import { ExamHead } from '../features/exam/exam-head.tsx'
import { RegistrationFacts } from '../features/exam/registration-facts.tsx'
import { ImageWarnings } from '../features/images/image-warnings.tsx'
import { ImagesPanel } from '../features/images/images-panel.tsx'
import { TakeAway } from '../features/images/take-away.tsx'
import { DuplicateWarning } from '../features/lookup/duplicate-warning.tsx'
import { elsewhere } from '../features/lookup/prior-exams.ts'
import { PriorPanel } from '../features/lookup/prior-panel.tsx'
import { TencentLookups } from '../features/lookup/tencent-lookups.tsx'
import type { useOpenedPrior } from '../features/lookup/use-opened-prior.ts'
import { usePriorLookup } from '../features/lookup/use-prior-lookup.ts'
import { PreflightBadge } from '../features/preflight/preflight-badge.tsx'
import type { Fix } from '../features/preflight/preflight-lines.ts'
import { PreflightPanel } from '../features/preflight/preflight-panel.tsx'
import { usePreflightGate } from '../features/preflight/use-preflight-gate.tsx'
import { EditRegistrationDrawer } from '../features/register/edit-registration-drawer.tsx'
import { RequestSlips } from '../features/register/request-slips.tsx'
import { CriticalNotices } from '../features/report/critical-notices.tsx'
import type { KeyImageView } from '../features/report/key-image-strip.tsx'
import { ReportEditor } from '../features/report/report-editor.tsx'
import { ReportHistory } from '../features/report/report-history.tsx'
import { FrameThumbnail } from '../features/viewer/frame-thumbnail.tsx'
import { WritingColumn } from '../features/writing/writing-column.tsx'
import { useText } from '../text/use-text.tsx'
import type { ExamTab, ReportTarget } from './use-report-target.ts'

type Props = {
  readonly page: ExamPage
  readonly prior: ReturnType<typeof useOpenedPrior>
  readonly target: ReportTarget
}

const keyImageThumbnail: KeyImageView = (image, label) =>
  image.picture ? (
    <img className="key-image-picture" src={`data:image/jpeg;base64,${image.picture}`} alt={label} />
  ) : (
    <FrameThumbnail instanceId={image.instanceId} frame={image.frame - 1} label={label} width={96} height={80} />
  )

type Editing = { readonly focus?: readonly string[] }

/** Everything about one exam beside its images. */
export function ExamSide({ page, prior, target }: Props) {
  const { exam: text, images, lookup: lookupText, preflight } = useText()
  const navigate = useNavigate()
  const [editing, setEditing] = useState<Editing>()
  const { patient, exam } = page
  const examId = exam.id
  const lookup = usePriorLookup({
    examId,
    patientName: patient.name,
    itemCode: exam.itemCode,
    identity: patient.identity,
    atOnce: target.mayWrite,
  })
  const fix = (how: Fix) => {
    if (how.kind === 'registration') setEditing({ focus: how.path })
    else if (how.kind === 'report') target.focusField(how.field)
    else navigate(how.address)
  }
  const gate = usePreflightGate(page, fix)
  const edit = () => setEditing({})
  const found = elsewhere(lookup.history.data ?? []).length
  const alive = page.state !== 'cancelled'

  return (
    <section className="exam-side" aria-label={text.title}>
      <ExamHead
        page={page}
        actions={
          <>
            <ExamActions page={page} onEdit={edit} />
            {page.imageCount > 0 ? <TakeAway examId={examId} accessionNumber={exam.accessionNumber} /> : null}
            <CorrectionMenu examId={examId} />
          </>
        }
      />
      <div className="exam-notices">
        {alive && target.tab !== 'report' ? (
          <CriticalNotices examId={examId} critical={page.report?.critical ?? false} />
        ) : null}
        {alive ? <ImageWarnings page={page} /> : null}
        <HoldBanner examId={examId} />
        <RetractionBanner examId={examId} />
        <StudyCorrections examId={examId} corrections={page.corrections} />
        {alive && target.mayWrite ? <DuplicateWarning lookup={lookup} onOpen={prior.open} /> : null}
      </div>
      <Tabs
        size="small"
        className="exam-tabs"
        tabBarGutter={18}
        activeKey={target.tab}
        onChange={(key) => target.setTab(key as ExamTab)}
        items={[
          {
            key: 'report',
            label: text.report,
            forceRender: true,
            children: (
              <ReportEditor
                page={page}
                check={gate.check}
                focus={target.focus}
                quote={target.quote}
                thumbnailOf={keyImageThumbnail}
                helpers={(desk) => <WritingColumn page={page} {...desk} />}
              />
            ),
          },
          {
            key: 'prior',
            label: (
              <span className="tab-label">
                {lookupText.title}
                <Badge count={found} size="small" color="#0b6e8f" />
              </span>
            ),
            children: (
              <div className="side-tab">
                <PriorPanel lookup={lookup} opened={prior.opened} onOpen={prior.open} />
                <TencentLookups examId={examId} />
              </div>
            ),
          },
          {
            key: 'preflight',
            label: alive ? <PreflightBadge examId={examId}>{preflight.title}</PreflightBadge> : preflight.title,
            children: <PreflightPanel page={page} onFix={fix} />,
          },
          {
            key: 'images',
            label: images.title,
            children: (
              <ImagesPanel
                page={page}
                thumbnailOf={(id) => <FrameThumbnail instanceId={id} label={images.title} width={120} height={100} />}
              />
            ),
          },
          {
            key: 'registration',
            label: text.registration,
            children: (
              <>
                <RegistrationFacts page={page} onEdit={edit} />
                <RequestSlips examId={examId} mayAdd={alive} />
              </>
            ),
          },
          {
            key: 'deliveries',
            label: text.deliveries,
            children: (
              <>
                <CloudViews page={page} />
                <ExamDeliveries examId={examId} />
              </>
            ),
          },
          { key: 'history', label: text.history, children: <ReportHistory page={page} /> },
        ]}
      />
      {gate.dialog}
      {editing ? (
        <EditRegistrationDrawer row={page} focus={editing.focus} onClose={() => setEditing(undefined)} />
      ) : null}
    </section>
  )
}
