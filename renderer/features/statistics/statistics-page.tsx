import { FileExcelOutlined } from '@ant-design/icons'
import { Button, DatePicker, Segmented, Spin, Statistic } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import type { Statistics } from '../../../shared/models/board.ts'
import { chinaDay } from '../../../shared/text/china-time.ts'
import { fetchStation } from '../../api/call-station.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { saveFile } from '../../components/save-file.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { positiveRate, readDays, type StatisticDays, statisticDays, statisticPresets } from './statistic-days.ts'
import { TallySection } from './tally-section.tsx'
import './statistics.css'

/** What the clinic did in some days, by day, doctor, item and device. */
export function StatisticsPage() {
  const { statistics: text } = useText()
  const [search, setSearch] = useSearchParams()
  const now = Date.now()
  const days = readDays(search, now)
  const choose = (chosen: StatisticDays) => setSearch({ ...chosen })
  const preset = statisticPresets.find((one) => {
    const { from, to } = statisticDays(one, now)
    return from === days.from && to === days.to
  })
  const figures = useStationQuery(routes.statistics, { query: days, keepPrevious: true })
  return (
    <section className="page">
      <PageHeading title={text.title} hint={text.hint} extra={<ExcelButton days={days} />} />
      <div className="toolbar">
        <Segmented
          aria-label={text.days}
          value={(preset ?? '') as (typeof statisticPresets)[number]}
          options={statisticPresets.map((value) => ({ value, label: text.preset[value] }))}
          onChange={(chosen) => choose(statisticDays(chosen, now))}
        />
        <DatePicker.RangePicker
          allowClear={false}
          aria-label={text.days}
          value={[dayjs(days.from), dayjs(days.to)]}
          disabledDate={(day) => day.format('YYYY-MM-DD') > chinaDay(now)}
          onChange={(range) => {
            const [from, to] = range ?? []
            if (from && to) choose({ from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') })
          }}
        />
      </div>
      {figures.error ? <FailureAlert error={figures.error} onRetry={() => figures.refetch()} /> : null}
      {figures.data ? <Figures figures={figures.data} /> : figures.error ? null : <Spin />}
    </section>
  )
}

function Figures({ figures }: { readonly figures: Statistics }) {
  const { statistics: text } = useText()
  const { total, minutesToRelease: minutes } = figures
  const rate = positiveRate(total)
  const facts: readonly { readonly title: string; readonly value: string | number; readonly hint?: string }[] = [
    { title: text.total, value: total.exams },
    { title: text.images, value: total.images },
    { title: text.released, value: total.released },
    { title: text.positiveRate, value: rate === undefined ? text.noRate : text.rate(rate) },
    { title: text.critical, value: total.critical },
    {
      title: text.minutes,
      value: minutes ? `${Math.round(minutes.median)} / ${Math.round(minutes.p90)}` : text.noRate,
      ...(!minutes && { hint: text.noMinutes }),
    },
    { title: text.late, value: figures.late },
  ]
  return (
    <>
      <div className="statistics-facts" data-statistics-exams={total.exams}>
        {facts.map(({ title, value, hint }) => (
          <Statistic
            key={title}
            title={title}
            value={value}
            {...(hint && { suffix: <span className="statistics-hint">{hint}</span> })}
          />
        ))}
      </div>
      <TallySection section="day" empty={text.empty} title={text.byDay} tallies={figures.byDay} over="days" />
      <TallySection
        section="doctor"
        empty={text.emptyDoctors}
        title={text.byDoctor}
        tallies={figures.byDoctor}
        over="names"
      />
      <TallySection
        section="auditor"
        empty={text.emptyAuditors}
        title={text.byAuditor}
        tallies={figures.byAuditor}
        over="names"
      />
      <TallySection section="item" empty={text.empty} title={text.byItem} tallies={figures.byItem} over="names" />
      <TallySection
        section="modality"
        empty={text.empty}
        title={text.byModality}
        tallies={figures.byModality}
        over="names"
      />
    </>
  )
}

function ExcelButton({ days }: { readonly days: StatisticDays }) {
  const { statistics: text } = useText()
  const { language } = useLanguage()
  const notice = useFailureNotice()
  const [making, setMaking] = useState(false)
  const download = async () => {
    setMaking(true)
    try {
      const answer = await fetchStation(routes.statisticsSheet, { query: { ...days, language } })
      saveFile(await answer.blob(), text.excelName(days.from, days.to))
    } catch (error) {
      notice(error)
    } finally {
      setMaking(false)
    }
  }
  return (
    <Button type="primary" icon={<FileExcelOutlined aria-hidden />} loading={making} onClick={download}>
      {text.excel}
    </Button>
  )
}
