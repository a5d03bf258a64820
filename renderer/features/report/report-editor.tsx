import {
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  UndoOutlined,
} from '@ant-design/icons'
import { Form, Splitter } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import type { ReportCheck, ReportDraft } from '../../../shared/models/report.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import type { ReportPen, ReportTexts } from '../../clinic/report-pen.ts'
import { useStored } from '../../components/use-stored.ts'
import { keyWords, useWindowKeys } from '../../components/use-window-keys.ts'
import { useText } from '../../text/use-text.tsx'
import { CriticalNotices } from './critical-notices.tsx'
import { CriticalTellDialog } from './critical-tell-dialog.tsx'
import { FootTool } from './foot-tool.tsx'
import { KeyImageStrip, type KeyImageView } from './key-image-strip.tsx'
import { KeysHelp } from './keys-help.tsx'
import { PreviewButton } from './preview-button.tsx'
import { isOwnReport, leadingAction, reportActions } from './report-actions.ts'
import { ReportButtons } from './report-buttons.tsx'
import { ReportChecks } from './report-checks.tsx'
import { ReportFields } from './report-fields.tsx'
import { ReportNotices } from './report-notices.tsx'
import type { ReportQuote } from './report-quote.ts'
import { SavedWords } from './saved-words.tsx'
import { UnsavedGuard } from './unsaved-guard.tsx'
import { useCheckGate } from './use-check-gate.tsx'
import { type ReportGate, useReportFlow } from './use-report-flow.tsx'
import { useReportLabels } from './use-report-labels.ts'
import { useReportWriting } from './use-report-writing.tsx'
import { useTypedChecks } from './use-typed-checks.ts'
import './report.css'

/** What stands beside the texts and may put words into them. */
export type HelperView = (desk: {
  readonly pen: ReportPen
  readonly texts: ReportTexts
  readonly labels: { readonly findings: string; readonly impression: string }
  readonly onShow: () => void
}) => ReactNode

type Props = {
  readonly page: ExamPage
  readonly check: ReportGate
  /** The field to go to; a new object goes there again. */
  readonly focus?: { readonly field: string } | undefined
  /** Text of another report, to stand in this one; a new object is put in once. */
  readonly quote?: ReportQuote | undefined
  readonly thumbnailOf: KeyImageView
  readonly helpers: HelperView
}

const widthSchema = z.number().min(180).max(1200)

/** The newest version of the report: written here with its helpers beside it, or read and led on. */
export function ReportEditor({ page, check, focus, quote, thumbnailOf, helpers }: Props) {
  const { report: text } = useText()
  const user = useUser()
  const settings = useStationQuery(routes.settingsRead)
  const labels = useReportLabels(page.exam.modality)
  const newest = page.reports[0]
  const me = user.role === 'doctor' ? { code: user.doctorCode, name: user.displayName } : undefined
  const reporting = settings.data?.reporting
  const singleDoctor = reporting?.singleDoctor ?? false
  const allowed = reportActions({
    report: newest,
    cancelled: page.state === 'cancelled',
    singleDoctor,
    mayWrite: mayCall(user, routes.reportSave),
    mayAudit: mayCall(user, routes.reportApprove),
  })
  const mayWrite = allowed.includes('save')
  const writing = useReportWriting({ page, me, mayWrite, autosaveSeconds: reporting?.autosaveSeconds ?? 3 })
  const { form, canWrite, prepare } = writing
  const reportText = writing.text
  const actions = mayWrite && !canWrite ? [] : allowed
  const readOnly = !canWrite
  const values = Form.useWatch([], form) as ReportDraft | undefined
  const critical = values?.critical ?? newest?.critical ?? false
  const checks = useTypedChecks({ ...writing.initial, ...values }, page, reporting, canWrite)
  const [telling, setTelling] = useState(false)
  const [keysOpen, setKeysOpen] = useState(false)
  const [folded, setFolded] = useStored('report-helpers-folded', z.boolean(), false)
  const [width, setWidth] = useStored('report-helpers-width', widthSchema, 270)

  const goTo = (found: Pick<ReportCheck, 'field' | 'from' | 'to'>) => {
    if (found.field === 'findings' || found.field === 'impression' || found.field === 'advice')
      reportText.select(found.field, found.from, found.to)
    else form.scrollToField(found.field, { block: 'center', focus: true })
  }
  const gate = useCheckGate(page.exam.id, goTo)
  const flow = useReportFlow({ writing, gate: check, checks: gate, critical })

  useEffect(() => {
    if (!focus) return
    form.scrollToField(focus.field, { block: 'center', focus: true })
  }, [focus, form])

  const quoted = useRef<ReportQuote>(undefined)
  useEffect(() => {
    if (!quote || quoted.current === quote || !canWrite) return
    quoted.current = quote
    reportText.pen.put(quote, 'append')
  }, [quote, canWrite, reportText.pen])

  const remark = useRef(-1)
  const walk = (step: 1 | -1) => {
    if (checks.length === 0) return
    remark.current = (remark.current + step + checks.length) % checks.length
    const found = checks[remark.current]
    if (found) goTo(found)
  }
  const leads = leadingAction(actions)
  useWindowKeys({
    'Ctrl+KeyS': () => void writing.saveNow(),
    'Ctrl+Enter': leads ? () => void flow.begin(leads, true) : undefined,
    'Alt+ArrowDown': () => walk(1),
    'Alt+ArrowUp': () => walk(-1),
    'Alt+KeyB': () => setFolded(!folded),
    'Alt+KeyK': () => setKeysOpen(true),
  })
  const onTextKey = (event: KeyboardEvent) => {
    const key = keyWords(event)
    if (key !== 'Ctrl+KeyZ' && key !== 'Ctrl+KeyY' && key !== 'Ctrl+Shift+KeyZ') return
    if (!(event.target instanceof HTMLTextAreaElement) || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (key === 'Ctrl+KeyZ') reportText.undo()
    else reportText.redo()
  }

  const editor = (
    <div className="report-writing">
      <div className="report-scroll">
        <ReportNotices page={page} writing={writing} mayWrite={mayWrite} labels={labels} />
        <Form form={form} layout="vertical" initialValues={writing.initial} onValuesChange={writing.onTyped}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the texts inside are the controls; undo spans all of them */}
          <div ref={reportText.frame} className="report-form" onKeyDown={onTextKey}>
            <ReportFields
              readOnly={readOnly}
              labels={labels}
              text={reportText}
              onCritical={() => setTelling(true)}
              remarks={
                <>
                  <ReportChecks checks={checks} onGo={goTo} />
                  <CriticalNotices
                    examId={page.exam.id}
                    critical={critical}
                    onTell={mayCall(user, routes.criticalTell) ? () => setTelling(true) : undefined}
                  />
                  <KeyImageStrip examId={page.exam.id} readOnly={readOnly} thumbnailOf={thumbnailOf} />
                </>
              }
            />
          </div>
        </Form>
      </div>
      <div className="report-foot">
        {mayWrite ? (
          <span className="report-tools">
            <FootTool
              icon={<UndoOutlined />}
              label={text.undo}
              keys="Ctrl+Z"
              disabled={!reportText.canUndo}
              onClick={reportText.undo}
            />
            <FootTool
              icon={<RedoOutlined />}
              label={text.redo}
              keys="Ctrl+Y"
              disabled={!reportText.canRedo}
              onClick={reportText.redo}
            />
            <FootTool
              icon={<QuestionCircleOutlined />}
              label={text.keys}
              keys="Alt+K"
              onClick={() => setKeysOpen(true)}
            />
          </span>
        ) : null}
        <FootTool
          icon={folded ? <MenuFoldOutlined /> : <MenuUnfoldOutlined />}
          label={text.helpers}
          keys="Alt+B"
          expanded={!folded}
          onClick={() => setFolded(!folded)}
        />
        <SavedWords newest={newest} unsaved={writing.unsaved} keeping={writing.keeping.state} />
        {newest?.state === 'released' || (readOnly && !newest) ? null : (
          <PreviewButton examId={page.exam.id} prepare={prepare} />
        )}
        <ReportButtons
          actions={actions}
          busy={flow.busy}
          ownReport={!singleDoctor && isOwnReport(newest, user.username)}
          onBegin={(action) => void flow.begin(action)}
        />
      </div>
    </div>
  )

  return (
    <div
      className="report-editor"
      data-report-state={newest?.state ?? 'none'}
      data-unsaved={writing.unsaved}
      data-lock={writing.lock.isMine ? 'mine' : writing.lock.holder ? 'others' : 'none'}
      data-kept={writing.keeping.state.kind}
    >
      <Splitter
        onResize={([, helperWidth = 0]) => {
          if (!folded && helperWidth >= 180) setWidth(Math.min(1200, Math.round(helperWidth)))
        }}
      >
        <Splitter.Panel min={300}>{editor}</Splitter.Panel>
        <Splitter.Panel size={folded ? 0 : width} resizable={!folded} {...(folded ? {} : { min: 180 })}>
          <div className="report-helpers" hidden={folded}>
            {helpers({ pen: reportText.pen, texts: reportText.texts, labels, onShow: () => setFolded(false) })}
          </div>
        </Splitter.Panel>
      </Splitter>
      <CriticalTellDialog open={telling} exam={page.exam} prepare={prepare} onClose={() => setTelling(false)} />
      <KeysHelp open={keysOpen} onClose={() => setKeysOpen(false)} />
      {flow.dialogs}
      <UnsavedGuard unsaved={writing.unsaved} onLeave={writing.keeping.flush} />
    </div>
  )
}
