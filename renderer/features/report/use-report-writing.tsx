import { App, Form } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ExamPage } from '../../../shared/api/views.ts'
import type { CodedName } from '../../../shared/models/exam.ts'
import type { ReportDraft, ReportVersion } from '../../../shared/models/report.ts'
import { useText } from '../../text/use-text.tsx'
import type { ReportAction } from './report-actions.ts'
import { draftOf } from './report-values.ts'
import { differs, useRecovery } from './use-recovery.ts'
import { useReportSteps } from './use-report-steps.ts'
import { textsOf, useReportText } from './use-report-text.ts'
import { useUnsaved } from './use-unsaved.ts'
import { type Holder, useWriteLock } from './use-write-lock.ts'

/** After so long without a new word a saved report is given free. */
const idleMilliseconds = 120_000

type Options = {
  readonly page: ExamPage
  readonly me: CodedName | undefined
  /** The report's state and this person's role allow writing. */
  readonly mayWrite: boolean
  readonly autosaveSeconds: number
}

/** The newest version as it is written here: its text, the lock, what is kept against a crash, and saving without writing over anybody. */
export function useReportWriting({ page, me, mayWrite, autosaveSeconds }: Options) {
  const { report: text } = useText()
  const { modal } = App.useApp()
  const examId = page.exam.id
  const newest = page.reports[0]
  const [form] = Form.useForm<ReportDraft>()
  const [initial] = useState(() => draftOf(newest, me))
  const [unsaved, setUnsaved] = useState(false)
  /** The report that the text was written into. */
  const [base, setBase] = useState<ReportVersion | undefined>(newest)
  const current = useRef({ newest, me, base })
  useEffect(() => {
    current.current = { newest, me, base }
  })

  const read = useCallback(
    (): ReportDraft => ({ ...draftOf(current.current.base, undefined), ...form.getFieldsValue() }),
    [form],
  )
  const station = useCallback(() => draftOf(current.current.newest, current.current.me), [])
  const keeping = useUnsaved({
    examId,
    isUnsaved: unsaved,
    everySeconds: autosaveSeconds,
    read,
    typedInto: () => (base ? { version: base.version, writtenAt: base.writtenAt } : null),
  })
  const recovery = useRecovery(examId, mayWrite, station)
  const { steps, save, refresh, tellSaved } = useReportSteps(examId, (action: ReportAction) => {
    if (action !== 'amend') void lock.release()
  })

  const onLost = async (holder: Holder | null) => {
    await keeping.flush()
    setUnsaved(false)
    show(current.current.newest)
    await recovery.look()
    if (holder) modal.warning({ title: text.lockLost(holder.displayName), content: text.lockLostHint })
  }
  const lock = useWriteLock(examId, mayWrite, (holder) => void onLost(holder))
  const { isMine, release } = lock
  // Who saved and reads on keeps nobody from writing.
  useEffect(() => {
    if (!isMine || unsaved) return
    const rest = setTimeout(() => void release(), idleMilliseconds)
    return () => clearTimeout(rest)
  }, [isMine, unsaved, release])
  const canWrite = mayWrite && lock.holder === undefined && recovery.kept === undefined

  const onChanged = () => {
    setUnsaved(true)
    if (lock.isMine) return
    void lock.take().then((answer) => {
      if (answer !== true && answer !== 'unheard') void onLost(answer)
    })
  }
  const reportText = useReportText(form, initial, canWrite, onChanged)

  function show(report: ReportVersion | undefined) {
    const draft = draftOf(report, current.current.me)
    const { findings, impression, advice } = reportText.pen.read()
    const isSame = JSON.stringify(textsOf(draft)) === JSON.stringify({ findings, impression, advice })
    // The own text comes back from the station after each save: what can be undone stays.
    if (isSame) form.setFieldsValue(draft)
    else reportText.reset(draft)
    setBase(report)
  }
  const shown = useRef(show)
  useEffect(() => {
    shown.current = show
  })
  const stampOf = (report: ReportVersion | undefined) =>
    report ? `${report.version} ${report.state} ${report.writtenAt}` : ''
  const isNewer = newest !== undefined && stampOf(newest) !== stampOf(base)
  useEffect(() => {
    if (isNewer && !unsaved) shown.current(newest)
  }, [isNewer, unsaved, newest])
  const isForeign = isNewer && unsaved && newest.writtenAt > (base?.writtenAt ?? 0) && differs(newest, read())

  /** Saves what stands there; true where nothing had to be saved. */
  const prepare = async (): Promise<boolean> => {
    if (!canWrite || (newest !== undefined && !unsaved)) return true
    if (!lock.isMine && (await lock.take()) !== true) return false
    return saveInto(base)
  }
  async function saveInto(into: ReportVersion | undefined): Promise<boolean> {
    const draft = read()
    const saved = await save(draft, into?.writtenAt ?? 0)
    if (!saved) return false
    setBase(saved)
    // Signs that were typed meanwhile are not saved yet.
    if (JSON.stringify(read()) === JSON.stringify(draft)) {
      setUnsaved(false)
      await keeping.drop()
    }
    await refresh()
    return true
  }

  return {
    form,
    initial,
    unsaved,
    base,
    newest,
    lock,
    canWrite,
    keeping,
    recovery,
    steps,
    text: reportText,
    read,
    station,
    prepare,
    /** Another one's newer text, which the person must choose about. */
    foreign: isForeign ? newest : undefined,
    async saveNow() {
      if (canWrite && (await prepare())) tellSaved()
    },
    onTyped: reportText.onTyped,
    recover() {
      const { kept } = recovery
      if (!kept) return
      recovery.settle()
      form.setFieldsValue(kept.draft)
      reportText.take(textsOf(kept.draft))
    },
    async discard() {
      recovery.settle()
      await keeping.drop()
    },
    async useMine() {
      setBase(newest)
      if (await saveInto(newest)) tellSaved()
    },
    async useTheirs() {
      setUnsaved(false)
      await keeping.drop()
      show(newest)
    },
    async takeOver() {
      if ((await lock.take(true)) === true) await recovery.look()
    },
  }
}
export type ReportWriting = ReturnType<typeof useReportWriting>
