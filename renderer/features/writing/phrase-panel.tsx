import { DeleteOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Empty, Input } from 'antd'
import { useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { Phrase } from '../../../shared/models/writing.ts'
import { useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import type { ReportPen } from '../../clinic/report-pen.ts'
import { isPlainEnter } from '../../components/ime-safe-enter.ts'
import { useText } from '../../text/use-text.tsx'
import { foundIn } from './template-search.ts'

type Props = { readonly pen: ReportPen; readonly phrases: readonly Phrase[]; readonly mayManage: boolean }

/** Sentences that are put in at the caret by a click, a right click or Enter. */
export function PhrasePanel({ pen, phrases, mayManage }: Props) {
  const { common, writing } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const [search, setSearch] = useState('')
  const [text, setText] = useState('')
  const [isShared, setIsShared] = useState(false)
  const stale = [routes.phraseList]
  const create = useStationMutation(routes.phraseCreate, { stale, onDone: () => setText('') })
  const remove = useStationMutation(routes.phraseRemove, { stale })
  const found = phrases.filter((phrase) => foundIn(phrase.text, search))
  const add = () => {
    if (text.trim() !== '') create.mutate({ body: { text: text.trim(), isShared } })
  }
  const mayRemove = (phrase: Phrase) =>
    phrase.owner === user.username || (phrase.isShared && user.role === 'administrator')
  return (
    <div className="phrase-panel">
      <Input
        allowClear
        size="small"
        value={search}
        aria-label={writing.searchPhrases}
        placeholder={writing.searchPhrases}
        onChange={({ target }) => setSearch(target.value)}
      />
      {found.length === 0 ? (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={phrases.length === 0 ? writing.noPhrases : writing.nothingFound}
        />
      ) : null}
      <ul className="phrase-list">
        {found.map((phrase) => (
          <li key={phrase.id}>
            <Button
              type="text"
              size="small"
              className="phrase"
              disabled={!pen.canWrite}
              // The field keeps its caret: the button must not take the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pen.insert(phrase.text)}
              onContextMenu={(event) => {
                event.preventDefault()
                if (pen.canWrite) pen.insert(phrase.text)
              }}
            >
              {phrase.text}
            </Button>
            {mayManage && mayRemove(phrase) ? (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={`${writing.removePhrase} ${phrase.text}`}
                title={writing.removePhrase}
                onClick={() => remove.mutate({ params: { id: phrase.id } })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {mayManage ? (
        <div className="phrase-new">
          <Input
            size="small"
            value={text}
            maxLength={500}
            aria-label={writing.newPhrase}
            placeholder={writing.newPhrase}
            onChange={({ target }) => setText(target.value)}
            onKeyDown={(event) => {
              if (isPlainEnter(event)) add()
            }}
          />
          <Checkbox checked={isShared} onChange={({ target }) => setIsShared(target.checked)}>
            {writing.shared}
          </Checkbox>
          <Button
            size="small"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              const selected = pen.selected().trim().slice(0, 500)
              if (selected !== '') create.mutate({ body: { text: selected, isShared } })
              else message.info(writing.selectFirst)
            }}
          >
            {writing.phraseFromSelection}
          </Button>
          <Button size="small" disabled={text.trim() === ''} loading={create.isPending} onClick={add}>
            {writing.addPhrase}
          </Button>
        </div>
      ) : null}
      {pen.canWrite ? <p className="faint helper-hint">{writing.phraseHint}</p> : null}
      <span className="unseen">{common.total(found.length)}</span>
    </div>
  )
}
