import { CheckCircleFilled, LeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons'
import { Alert, Button, DatePicker, Space, Spin, Statistic } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import type { DayPage as DayPageView } from '../../../shared/models/board.ts'
import { chinaDay, readChinaTime } from '../../../shared/text/china-time.ts'
import { fetchStation } from '../../api/call-station.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { usePrint } from '../../clinic/use-print.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { PdfDialog } from '../../components/pdf-dialog.tsx'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { dayBy, leftOpen, openLists } from './day-lists.ts'
import { OpenExams } from './open-exams.tsx'
import { UnmatchedStudies } from './unmatched-studies.tsx'
import './day.css'

/** Before going home: what is left, what to do about it, and the day on paper. */
export function DayPage() {
  const { day: text } = useText()
  const { language } = useLanguage()
  const [search, setSearch] = useSearchParams()
  const [printing, setPrinting] = useState(false)
  const { print } = usePrint()
  const today = chinaDay(Date.now())
  const asked = search.get('day') ?? ''
  const day = readChinaTime(asked) !== undefined && asked.length === 10 ? asked : today
  const choose = (chosen: string) => setSearch(chosen === today ? {} : { day: chosen })
  const page = useStationQuery(routes.dayPage, { query: { day }, keepPrevious: true })
  return (
    <section className="page page-narrow">
      <PageHeading
        title={text.title}
        hint={text.hint}
        extra={
          <Space wrap>
            <Button
              icon={<LeftOutlined aria-hidden />}
              aria-label={text.previousDay}
              onClick={() => choose(dayBy(day, -1))}
            />
            <DatePicker
              allowClear={false}
              aria-label={text.day}
              value={dayjs(day)}
              disabledDate={(one) => one.format('YYYY-MM-DD') > today}
              onChange={(one) => one && choose(one.format('YYYY-MM-DD'))}
            />
            <Button
              icon={<RightOutlined aria-hidden />}
              aria-label={text.nextDay}
              disabled={day >= today}
              onClick={() => choose(dayBy(day, 1))}
            />
            <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => setPrinting(true)}>
              {text.sheet}
            </Button>
          </Space>
        }
      />
      {page.error ? <FailureAlert error={page.error} onRetry={() => page.refetch()} /> : null}
      {page.data ? <OpenDay page={page.data} /> : page.error ? null : <Spin />}
      <PdfDialog
        open={printing}
        title={`${text.sheetTitle} ${day}`}
        load={() => fetchStation(routes.daySheet, { query: { day, language } }).then((answer) => answer.blob())}
        onPrint={() => print({ kind: 'day-sheet', query: { day, language } })}
        onClose={() => setPrinting(false)}
      />
    </section>
  )
}

const countNames = ['registered', 'imaged', 'written', 'released', 'delivered', 'cancelled'] as const

function OpenDay({ page }: { readonly page: DayPageView }) {
  const { day: text } = useText()
  const left = leftOpen(page)
  return (
    <div className="day" data-left-open={left}>
      <div className="day-counts">
        {countNames.map((name) => (
          <Statistic key={name} title={text.counts[name]} value={page.counts[name]} />
        ))}
      </div>
      {left === 0 ? (
        <Alert
          type="success"
          showIcon
          icon={<CheckCircleFilled aria-hidden />}
          title={text.allDone}
          description={text.allDoneHint(page.counts.released)}
        />
      ) : (
        <Alert type="warning" showIcon title={text.open(left)} />
      )}
      <UnmatchedStudies list={page.unmatched} />
      {openLists.map((name) =>
        name === 'unmatched' ? null : <OpenExams key={name} name={name} list={page[name] ?? { total: 0, rows: [] }} />,
      )}
    </div>
  )
}
