import type { FormInstance } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ReportDraft } from '../../../shared/models/report.ts'
import { putInto, type ReportField, type ReportPen, type ReportTexts, reportFields } from '../../clinic/report-pen.ts'
import { insertAt } from './caret-insert.ts'
import { beginSteps, putStep, redone, type TextSteps, typed, undone } from './text-steps.ts'

export const textsOf = (draft: Partial<ReportDraft>): ReportTexts => ({
  findings: draft.findings ?? '',
  impression: draft.impression ?? '',
  advice: draft.advice ?? '',
})

/**
 * The texts of the report, written by hand and put in by helpers, with one undo across all fields. The browser's own undo knows one field
 * and no inserts, so it is replaced.
 */
export function useReportText(
  form: FormInstance<ReportDraft>,
  initial: ReportDraft,
  canWrite: boolean,
  onChanged: () => void,
) {
  const [steps, setSteps] = useState<TextSteps>(() => beginSteps(textsOf(initial)))
  const stepsNow = useRef(steps)
  const fields = useRef<Partial<Record<ReportField, TextAreaRef | null>>>({})
  const lastField = useRef<ReportField>('findings')
  const isComposing = useRef(false)
  const frame = useRef<HTMLDivElement>(null)
  const caretToSet = useRef(false)

  const areaOf = (field: ReportField) => fields.current[field]?.resizableTextArea?.textArea
  const show = (next: TextSteps) => {
    stepsNow.current = next
    setSteps(next)
  }
  /** Shows texts that were not typed, with the caret where they say. */
  const lead = (next: TextSteps) => {
    if (next === stepsNow.current) return
    form.setFieldsValue(next.now.texts)
    lastField.current = next.now.field
    caretToSet.current = true
    show(next)
    onChanged()
  }
  useLayoutEffect(() => {
    if (!caretToSet.current) return
    caretToSet.current = false
    const { field, caret } = steps.now
    const area = fields.current[field]?.resizableTextArea?.textArea
    area?.focus()
    area?.setSelectionRange(caret, caret)
  }, [steps])

  const undo = () => canWrite && lead(undone(stepsNow.current))
  const redo = () => canWrite && lead(redone(stepsNow.current))
  const history = useRef({ undo, redo })
  useEffect(() => {
    history.current = { undo, redo }
  })
  // The context menu's 'undo' comes as an input, not as a key.
  useEffect(() => {
    const target = frame.current
    const listen = (event: InputEvent) => {
      if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return
      event.preventDefault()
      if (event.inputType === 'historyUndo') history.current.undo()
      else history.current.redo()
    }
    target?.addEventListener('beforeinput', listen)
    return () => target?.removeEventListener('beforeinput', listen)
  }, [])

  const penCalls = {
    insert(text: string) {
      const field = lastField.current
      const { texts } = stepsNow.current.now
      const area = areaOf(field)
      const end = texts[field].length
      const after = insertAt(texts[field], area?.selectionStart ?? end, area?.selectionEnd ?? end, text)
      lead(putStep(stepsNow.current, { texts: { ...texts, [field]: after.text }, field, caret: after.caret }))
    },
    selected(): string {
      const area = areaOf(lastField.current)
      return area ? area.value.slice(area.selectionStart, area.selectionEnd) : ''
    },
    put(added: Partial<ReportTexts>, how: 'append' | 'replace') {
      const texts = putInto(stepsNow.current.now.texts, added, how)
      const field = reportFields.find((one) => (added[one] ?? '') !== '') ?? 'findings'
      lead(putStep(stepsNow.current, { texts, field, caret: texts[field].length }))
    },
  }
  const calls = useRef(penCalls)
  useEffect(() => {
    calls.current = penCalls
  })
  /** Stays the same while somebody types, so that the helpers need not be drawn for each sign. */
  const pen = useMemo<ReportPen>(
    () => ({
      canWrite,
      read: () => stepsNow.current.now.texts,
      selected: () => calls.current.selected(),
      insert: (text) => canWrite && calls.current.insert(text),
      put: (texts, how) => canWrite && calls.current.put(texts, how),
    }),
    [canWrite],
  )

  return {
    texts: steps.now.texts,
    pen,
    frame,
    undo,
    redo,
    canUndo: canWrite && steps.past.length > 0,
    canRedo: canWrite && steps.future.length > 0,
    /** Texts that were kept come back: one step, which can be taken back. */
    take: (texts: ReportTexts) =>
      lead(putStep(stepsNow.current, { texts, field: 'findings', caret: texts.findings.length })),
    /** Another report is shown: what was done before cannot be taken back any more. */
    reset(draft: ReportDraft) {
      form.setFieldsValue(draft)
      show(beginSteps(textsOf(draft)))
    },
    /** For the form: a value was changed by hand. */
    onTyped(changed: Partial<ReportDraft>) {
      const field = reportFields.find((one) => one in changed)
      if (field) {
        const texts = { ...stepsNow.current.now.texts, [field]: changed[field] ?? '' }
        const caret = areaOf(field)?.selectionStart ?? texts[field].length
        show(typed(stepsNow.current, { texts, field, caret }, Date.now(), isComposing.current))
      }
      onChanged()
    },
    /** For each text field. */
    areaProps: (field: ReportField) => ({
      ref: (area: TextAreaRef | null) => {
        fields.current[field] = area
      },
      onFocus: () => {
        lastField.current = field
      },
      onCompositionStart: () => {
        isComposing.current = true
      },
      onCompositionEnd: () => {
        isComposing.current = false
      },
    }),
    /** Selects words and brings them into view. */
    select(field: ReportField, from: number, to: number) {
      const area = areaOf(field)
      if (!area) return
      area.focus()
      area.setSelectionRange(from, to)
      area.scrollIntoView({ block: 'nearest' })
    },
  }
}
export type ReportText = ReturnType<typeof useReportText>
