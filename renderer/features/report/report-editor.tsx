import { Alert, Form } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import type { ReportDraft } from '../../../shared/models/report.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'
import { PreviewButton } from './preview-button.tsx'
import { isOwnReport, type ReportAction, reportActions } from './report-actions.ts'
import { ReportButtons } from './report-buttons.tsx'
import { ReportFields } from './report-fields.tsx'
import { type ReportQuote, withQuote } from './report-quote.ts'
import { draftOf, reportStamp } from './report-values.ts'
import { UnsavedGuard } from './unsaved-guard.tsx'
import { useReportSteps } from './use-report-steps.ts'

type Props = {
  readonly page: ExamPage
  /** Looks before the report goes on: 'confirmed' when a person was asked and goes on, 'stopped' when not. */
  readonly check: (request: {
    readonly releases: boolean
    readonly notes: readonly string[]
  }) => Promise<'clear' | 'confirmed' | 'stopped'>
  /** The field to go to; a new object goes there again. */
  readonly focus?: { readonly field: string } | undefined
  /** Text of another report, to stand in this one; a new object is put in once. */
  readonly quote?: ReportQuote | undefined
}

/** The newest version of the report: written here, or read and led on. */
export function ReportEditor({ page, check, focus, quote }: Props) {
  const text = useText().report
  const user = useUser()
  const settings = useStationQuery(routes.settingsRead)
  const newest = page.reports[0]
  const me = user.role === 'doctor' ? { code: user.doctorCode, name: user.displayName } : undefined
  const [form] = Form.useForm<ReportDraft>()
  const [unsaved, setUnsaved] = useState(false)
  const stamp = reportStamp(newest)
  const shownStamp = useRef(stamp)
  const critical = Form.useWatch('critical', form) ?? false

  const singleDoctor = settings.data?.reporting.singleDoctor ?? false
  const actions = reportActions({
    report: newest,
    cancelled: page.state === 'cancelled',
    singleDoctor,
    mayWrite: mayCall(user, routes.reportSave),
    mayAudit: mayCall(user, routes.reportApprove),
  })
  const readOnly = !actions.includes('save')
  const { steps, saveDraft } = useReportSteps(page.exam.id, () => setUnsaved(false))

  // What the station has is shown as soon as it is another, unless that would wipe out what is being written here.
  useEffect(() => {
    if (shownStamp.current === stamp || unsaved) return
    shownStamp.current = stamp
    form.setFieldsValue(draftOf(newest, me))
  }, [stamp, unsaved, form, newest, me])

  useEffect(() => {
    if (!focus) return
    form.scrollToField(focus.field, { block: 'center', focus: true })
  }, [focus, form])

  const quoted = useRef<ReportQuote>(undefined)
  useEffect(() => {
    if (!quote || quoted.current === quote || readOnly) return
    quoted.current = quote
    form.setFieldsValue(withQuote(form.getFieldsValue(), quote))
    setUnsaved(true)
  }, [quote, readOnly, form])

  const written = () => draftOf({ ...newest, ...form.getFieldsValue() } as typeof newest, undefined)
  /** What was written is saved first: check and preview read what the station has. */
  const prepare = async () => readOnly || (newest !== undefined && !unsaved) || saveDraft(written())
  const look = async (action: ReportAction) => {
    if (!(await prepare())) return 'stopped' as const
    const releases = action === 'release' || action === 'publish'
    return check({ releases, notes: releases ? [...(critical ? [text.criticalHint] : []), text.releaseHint] : [] })
  }
  const begin = (action: ReportAction, reason?: string) =>
    steps.mutate({
      action,
      state: newest?.state ?? 'draft',
      draft: action === 'save' ? written() : undefined,
      ...(reason ? { reason } : {}),
    })

  return (
    <div className="report-editor" data-report-state={newest?.state ?? 'none'} data-unsaved={unsaved}>
      <div className="report-scroll">
        {newest?.state === 'returned' && newest.returnReason ? (
          <Alert type="error" showIcon title={text.returnedBecause(newest.returnReason)} />
        ) : null}
        {newest?.amendReason && newest.state !== 'released' ? (
          <Alert type="info" showIcon title={text.amendedBecause(newest.amendReason)} />
        ) : null}
        {page.imageCount === 0 && !readOnly ? <Alert type="info" showIcon title={text.noImages} /> : null}
        <Form form={form} layout="vertical" initialValues={draftOf(newest, me)} onValuesChange={() => setUnsaved(true)}>
          <ReportFields readOnly={readOnly} />
        </Form>
      </div>
      <div className="report-foot">
        <span className="faint">{unsaved ? text.unsaved : newest ? text.version(newest.version) : text.noReport}</span>
        {newest?.state === 'released' || (readOnly && !newest) ? null : (
          <PreviewButton examId={page.exam.id} prepare={prepare} />
        )}
        <ReportButtons
          actions={actions}
          busy={steps.isPending ? steps.variables.action : undefined}
          ownReport={!singleDoctor && isOwnReport(newest, user.username)}
          critical={critical}
          onCheck={look}
          onAction={begin}
        />
      </div>
      <UnsavedGuard unsaved={unsaved} />
    </div>
  )
}
