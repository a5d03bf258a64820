import { useInfiniteQuery } from '@tanstack/react-query'
import { App, Button, DatePicker, Input, Select, Table } from 'antd'
import dayjs from 'dayjs'
import { useDeferredValue, useState } from 'react'
import { Link } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import { auditActionWords } from '../../../shared/models/audit-action.ts'
import type { AuditPage, AuditSearch } from '../../../shared/models/staff.ts'
import { callStation, fetchStation } from '../../api/call-station.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { Moment } from '../../clinic/moment.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { saveFile } from '../../components/save-file.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { auditDetailWords, type Called } from './audit-words.ts'

type AuditRow = AuditPage['rows'][number]

/** Who did what to which thing: looked through, taken along, and tested for rows that somebody touched. */
export function AuditTab() {
  const { auditDetails, settings, staff } = useText()
  const { language } = useLanguage()
  const called = useCalled()
  const actionWords = (action: string) => auditActionWords(action, language)
  const actorWords = (actor: string) => (actor === 'station' ? auditDetails.kinds.station! : actor)
  const { message, modal } = App.useApp()
  const notice = useFailureNotice()
  const [wanted, setWanted] = useState<AuditSearch>({})
  const search = useDeferredValue(wanted)
  const list = useInfiniteQuery({
    queryKey: [routes.auditSearch.path, search],
    queryFn: ({ pageParam, signal }) =>
      callStation(routes.auditSearch, { query: { ...search, ...(pageParam && { before: pageParam }) }, signal }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  const narrow = (change: Partial<Record<keyof AuditSearch, string | undefined>>) =>
    setWanted((before) => ({ ...before, ...change }) as AuditSearch)
  const choices = list.data?.pages[0]
  const asOptions = (values: readonly string[] = [], words = (value: string) => value) =>
    values.map((value) => ({ value, label: words(value) }))

  async function take(): Promise<void> {
    try {
      const { before: _, ...query } = search
      const response = await fetchStation(routes.auditExport, { query: { ...query, language } })
      saveFile(await response.blob(), `audit-${dayjs().format('YYYYMMDD-HHmm')}.csv`)
    } catch (error) {
      notice(error)
    }
  }
  async function check(): Promise<void> {
    try {
      const { rows, firstBroken } = await callStation(routes.auditCheck)
      if (firstBroken === null) message.success(staff.auditWhole(rows))
      else modal.error({ title: staff.auditBroken(firstBroken), content: staff.auditBrokenHint })
    } catch (error) {
      notice(error)
    }
  }

  if (list.error) return <FailureAlert error={list.error} onRetry={() => list.refetch()} />
  return (
    <div className="audit">
      <search className="toolbar" aria-label={staff.auditSearch}>
        <Input.Search
          allowClear
          className="audit-text"
          aria-label={staff.auditText}
          placeholder={staff.auditText}
          maxLength={100}
          onChange={(event) => narrow({ text: event.target.value.trim() || undefined })}
        />
        <Select
          allowClear
          showSearch
          className="audit-choice"
          aria-label={settings.auditActor}
          placeholder={settings.auditActor}
          options={asOptions(choices?.actors, actorWords)}
          onChange={(actor: string | undefined) => narrow({ actor })}
        />
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          className="audit-choice"
          aria-label={settings.auditAction}
          placeholder={settings.auditAction}
          options={asOptions(choices?.actions, actionWords)}
          onChange={(action: string | undefined) => narrow({ action })}
        />
        <DatePicker.RangePicker
          aria-label={settings.auditAt}
          onChange={(days) => narrow({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })}
        />
        <Button onClick={take}>{staff.auditExport}</Button>
        <Button onClick={check}>{staff.auditCheck}</Button>
      </search>
      <Table<AuditRow>
        size="small"
        tableLayout="fixed"
        rowKey="id"
        loading={list.isFetching && !list.isFetchingNextPage}
        dataSource={list.data?.pages.flatMap((page) => page.rows) ?? []}
        pagination={false}
        columns={[
          { title: settings.auditAt, width: 130, render: (_, row) => <Moment at={row.at} /> },
          {
            title: settings.auditActor,
            width: 120,
            ellipsis: true,
            render: (_, row) => <span title={row.actor}>{row.actorName ?? actorWords(row.actor)}</span>,
          },
          {
            title: settings.auditAction,
            width: 160,
            ellipsis: true,
            render: (_, row) => <span title={row.action}>{actionWords(row.action)}</span>,
          },
          {
            title: settings.auditSubject,
            width: 230,
            ellipsis: true,
            render: (_, row) => <AuditSubject row={row} />,
          },
          {
            title: settings.auditDetails,
            ellipsis: true,
            render: (_, row) => auditDetailWords(row.details, auditDetails, language, called),
          },
        ]}
        expandable={{
          expandedRowRender: (row) => (
            <>
              <p>{auditDetailWords(row.details, auditDetails, language, called)}</p>
              <pre className="audit-details">
                {`${row.action} ${row.subjectKind} ${row.subjectId}\n${JSON.stringify(row.details, null, 2)}`}
              </pre>
            </>
          ),
          columnWidth: 36,
        }}
      />
      {list.hasNextPage ? (
        <Button block loading={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
          {staff.more}
        </Button>
      ) : null}
    </div>
  )
}

function AuditSubject({ row }: { readonly row: AuditRow }) {
  const { auditDetails } = useText()
  const kind = auditDetails.kinds[row.subjectKind] ?? row.subjectKind
  // An id says nothing to staff; it is there for who asks.
  const name = row.subjectName ?? ''
  return (
    <span title={row.subjectId}>
      {kind} {row.subjectKind === 'exam' && row.subjectName ? <Link to={`/exams/${row.subjectId}`}>{name}</Link> : name}
    </span>
  )
}

/** What an id in the details means, or the name of a step of uploading: 'aimis:image', or 'image' where the row says that it is a step. */
function useCalled(): Called {
  const { words } = useText()
  const destinations = useStationQuery(routes.destinationList).data
  const steps = Object.entries(words.step)
  return (id, field) =>
    words.step[id] ??
    (field === 'step' ? steps.find(([key]) => key.endsWith(`:${id}`))?.[1] : undefined) ??
    destinations?.find((one) => one.id === id)?.name
}
