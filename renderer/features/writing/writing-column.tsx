import { App, Badge, type InputRef, Tabs } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { z } from 'zod'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import type { Template } from '../../../shared/models/writing.ts'
import { mayCall } from '../../api/use-session.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import type { ReportPen, ReportTexts } from '../../clinic/report-pen.ts'
import { useStored } from '../../components/use-stored.ts'
import { useWindowKeys } from '../../components/use-window-keys.ts'
import { useText } from '../../text/use-text.tsx'
import { LocalPriors } from './local-priors.tsx'
import { PhrasePanel } from './phrase-panel.tsx'
import { PhrasePicker } from './phrase-picker.tsx'
import { lastReportFor } from './prior-reports.ts'
import { TemplateDialog, type TemplateDraft } from './template-dialog.tsx'
import { misfitsOf, occasionOf } from './template-fit.ts'
import { TemplatePanel } from './template-panel.tsx'
import { quickTemplates } from './template-search.ts'
import { usePutAsking } from './use-put-asking.tsx'
import { useTemplates } from './use-templates.ts'
import './writing.css'

type Props = {
  readonly page: ExamPage
  readonly pen: ReportPen
  readonly texts: ReportTexts
  readonly labels: { readonly findings: string; readonly impression: string }
  /** Opens the column where it is folded. */
  readonly onShow: () => void
}

const tabSchema = z.enum(['templates', 'phrases', 'priors'])

/** Templates, phrases and earlier reports beside the report. Their keys work with the column folded too. */
export function WritingColumn({ page, pen, texts, labels, onShow }: Props) {
  const { writing } = useText()
  const { message } = App.useApp()
  const [tab, setTab] = useStored('writing-tab', tabSchema, 'templates')
  const [picking, setPicking] = useState(false)
  const [draft, setDraft] = useState<TemplateDraft>()
  const [chosenPrior, setChosenPrior] = useState<string>()
  const searchBox = useRef<InputRef>(null)
  const templates = useTemplates()
  const phrases = useStationQuery(routes.phraseList)
  const priors = useStationQuery(routes.localPriors, { params: { id: page.exam.id } })
  const asking = usePutAsking(pen)
  const occasion = useMemo(() => occasionOf(page.exam, page.patient), [page.exam, page.patient])
  const mayManage = mayCall(templates.user, routes.templateCreate)

  const putTemplate = (template: Template, only?: Partial<ReportTexts>) => {
    const { findings, impression, advice } = template
    asking.put(only ?? { findings, impression, advice }, () => templates.used(template))
  }
  const quick = useMemo(
    () => quickTemplates(templates.templates.filter((one) => misfitsOf(one, occasion).length === 0)),
    [templates.templates, occasion],
  )
  const copyLast = async () => {
    // The exam may just have been opened.
    const known = priors.data ?? (await priors.refetch()).data ?? []
    const last = lastReportFor(known, page.exam)
    if (!last) return void message.info(writing.noPriors)
    setTab('priors')
    setChosenPrior(last.examId)
    onShow()
    asking.put({ findings: last.report.findings, impression: last.report.impression })
  }
  const show = (which: z.infer<typeof tabSchema>) => {
    setTab(which)
    onShow()
  }
  const digits = Object.fromEntries(
    quick.map((template, n) => [`Alt+Digit${n + 1}`, pen.canWrite ? () => putTemplate(template) : undefined]),
  )
  useWindowKeys({
    ...digits,
    'Alt+KeyT': () => {
      // What is typed next belongs into the box, which may not be there yet.
      flushSync(() => show('templates'))
      searchBox.current?.focus()
    },
    'Alt+KeyP': pen.canWrite ? () => setPicking(true) : undefined,
    'Alt+KeyC': pen.canWrite ? () => void copyLast() : undefined,
    'Alt+KeyH': () => show('priors'),
  })
  const { findings, impression, advice } = texts
  const isEmpty = [findings, impression, advice].every((text) => text.trim() === '')

  return (
    <section className="writing-helpers" aria-label={writing.helpers}>
      <Tabs
        size="small"
        activeKey={tab}
        onChange={(key) => setTab(tabSchema.parse(key))}
        items={[
          {
            key: 'templates',
            label: writing.templates,
            forceRender: true,
            children: (
              <TemplatePanel
                pen={pen}
                occasion={occasion}
                templates={templates}
                mayManage={mayManage}
                searchBox={searchBox}
                onPut={putTemplate}
                onSaveReport={
                  isEmpty
                    ? undefined
                    : () =>
                        setDraft({
                          findings,
                          impression,
                          advice,
                          modality: page.exam.modality,
                          name: page.exam.itemName,
                        })
                }
                about={`${page.exam.bodyPart} ${page.exam.itemName}`}
              />
            ),
          },
          {
            key: 'phrases',
            label: writing.phrases,
            children: <PhrasePanel pen={pen} phrases={phrases.data ?? []} mayManage={mayManage} />,
          },
          {
            key: 'priors',
            label: (
              <span className="tab-label">
                {writing.priors}
                <Badge count={priors.data?.length ?? 0} size="small" color="blue" />
              </span>
            ),
            children: (
              <LocalPriors
                priors={priors.data ?? []}
                pen={pen}
                texts={texts}
                chosen={chosenPrior}
                labels={labels}
                comparison={writing.comparisonWords('{date}')}
                onChoose={setChosenPrior}
                onPut={asking.put}
              />
            ),
          },
        ]}
      />
      {asking.dialog}
      <PhrasePicker open={picking} pen={pen} phrases={phrases.data ?? []} onClose={() => setPicking(false)} />
      <TemplateDialog draft={draft} templates={templates} onClose={() => setDraft(undefined)} />
    </section>
  )
}
