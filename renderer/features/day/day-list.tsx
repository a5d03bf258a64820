import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { Button, Card } from 'antd'
import { type ReactNode, useState } from 'react'
import { useText } from '../../text/use-text.tsx'
import type { OpenListName } from './day-lists.ts'

const shownFirst = 8

type Props<T> = {
  readonly name: OpenListName
  readonly total: number
  readonly rows: readonly T[]
  readonly keyOf: (row: T) => string
  readonly show: (row: T) => ReactNode
}

/** One thing that may be left over: green with a word when nothing is, else what it is and what to do. */
export function DayList<T>({ name, total, rows, keyOf, show }: Props<T>) {
  const { day: text } = useText()
  const [all, setAll] = useState(false)
  const shown = all ? rows : rows.slice(0, shownFirst)
  const isDone = total === 0
  return (
    <Card
      size="small"
      className={isDone ? 'day-list day-list-done' : 'day-list'}
      data-day-list={name}
      data-total={total}
      title={
        <span className="day-list-title">
          {isDone ? <CheckCircleFilled aria-hidden /> : <ExclamationCircleFilled aria-hidden />}
          {text.list[name]}
        </span>
      }
      extra={<span>{isDone ? text.done : text.toDo(total)}</span>}
    >
      {isDone ? (
        <span className="faint">{text.none}</span>
      ) : (
        <>
          <p className="day-advice">{text.advice[name]}</p>
          <ul className="day-rows">
            {shown.map((row) => (
              <li key={keyOf(row)} className="day-row">
                {show(row)}
              </li>
            ))}
          </ul>
          {rows.length > shown.length ? (
            <Button type="link" size="small" onClick={() => setAll(true)}>
              {text.more} {rows.length}
            </Button>
          ) : null}
          {total > rows.length ? <p className="faint">{text.listedOf(rows.length, total)}</p> : null}
        </>
      )}
    </Card>
  )
}
