import { Button, Empty, InputNumber, Popconfirm, Table, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { routes } from '../../../shared/api/routes.ts'
import type { CardToReprint } from '../../../shared/models/printing.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { Moment } from '../../clinic/moment.tsx'
import { usePrint } from '../../clinic/use-print.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { useText } from '../../text/use-text.tsx'
import './print.css'

/** An address that was dead may answer again without any event that would tell. */
const lookAgainMilliseconds = 60_000

const stateColours = { ready: 'green', waiting: 'default', dead: 'red' } as const

/** Cards that went out without their QR: one click prints all whose QR is here. */
export function ReprintPage() {
  const { common, print: text } = useText()
  const mayPrint = mayCall(useUser(), routes.printPrepare)
  const list = useStationQuery(routes.reprintList, { refetchInterval: lookAgainMilliseconds })
  const settings = useStationQuery(routes.settingsRead)
  const { print, isPrinting } = usePrint()
  const [startAt, setStartAt] = useState(1)
  const drop = useStationMutation(routes.reprintDrop, { stale: [routes.reprintList] })
  const cards = list.data ?? []
  const ready = cards.filter((card) => card.state === 'ready').map((card) => card.examId)
  const isOnSheets = settings.data?.paper.card === 'a4-8up'
  const printThese = (examIds: readonly string[]) =>
    print({ kind: 'card', examIds, query: isOnSheets ? { startAt } : {} })
  return (
    <section className="page">
      <PageHeading
        title={text.reprints}
        hint={text.reprintsHint}
        extra={
          mayPrint ? (
            <div className="calibration-line">
              {isOnSheets ? (
                <>
                  <label htmlFor="first-label">{text.startAt}</label>
                  <InputNumber
                    id="first-label"
                    min={1}
                    max={8}
                    precision={0}
                    value={startAt}
                    onChange={(at) => setStartAt(at ?? 1)}
                  />
                </>
              ) : null}
              <Button
                type="primary"
                disabled={ready.length === 0}
                loading={isPrinting}
                onClick={() => printThese(ready.slice(0, 100))}
              >
                {text.printAllReady(ready.length)}
              </Button>
            </div>
          ) : null
        }
      />
      {list.error ? <FailureAlert error={list.error} onRetry={() => list.refetch()} /> : null}
      <Table<CardToReprint>
        size="small"
        rowKey="examId"
        loading={list.isPending}
        dataSource={cards}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        locale={{ emptyText: <Empty description={text.noReprints} /> }}
        columns={[
          {
            title: text.patient,
            dataIndex: 'patientName',
            render: (name: string, card) => <Link to={`/exams/${card.examId}`}>{name}</Link>,
          },
          { title: text.accessionNumber, dataIndex: 'accessionNumber', className: 'mono' },
          { title: text.item, dataIndex: 'itemName' },
          { title: text.printedAt, dataIndex: 'printedAt', render: (at: number) => <Moment at={at} /> },
          {
            title: text.reprintState,
            dataIndex: 'state',
            render: (state: CardToReprint['state']) => (
              <Tag color={stateColours[state]}>{text.reprintStates[state]}</Tag>
            ),
          },
          ...(mayPrint
            ? [
                {
                  key: 'actions',
                  title: text.actions,
                  render: (_: unknown, card: CardToReprint) => (
                    <span className="row-actions">
                      <Button
                        size="small"
                        disabled={card.state !== 'ready' || isPrinting}
                        onClick={() => printThese([card.examId])}
                      >
                        {text.reprintOne}
                      </Button>
                      <Popconfirm
                        title={text.reprintDropTitle}
                        okText={common.confirm}
                        cancelText={common.cancel}
                        onConfirm={() => drop.mutate({ params: { id: card.examId } })}
                      >
                        <Button size="small">{text.reprintDrop}</Button>
                      </Popconfirm>
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
    </section>
  )
}
