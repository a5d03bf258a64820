import { PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Form, Space, Tag } from 'antd'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import type { Modality } from '../../../shared/models/exam.ts'
import { isPlainEnter } from '../../components/ime-safe-enter.ts'
import { whenAlone } from '../../components/when-alone.ts'
import { useText } from '../../text/use-text.tsx'
import { digitOf } from './digit-of.ts'
import { focusSubmit } from './focus-next-field.ts'
import type { RegistrationValues } from './registration-values.ts'
import { useUsualItems } from './use-usual-items.ts'
import { isWholeItem, itemMatches, type UsualItem, withItem } from './usual-items.ts'

const digits = 9
/** An input method may put the digit into the field all the same, a moment after it chose. */
const echoMilliseconds = 250

type Props = {
  readonly several: boolean
  /** What stands between the field and the list. */
  readonly children: ReactNode
}

/** What is examined: a digit chooses one of the usual items, letters look for one, and once it is chosen Enter leads to saving. */
export function ItemField({ several, children }: Props) {
  const { common, register, words } = useText()
  const form = Form.useFormInstance<RegistrationValues>()
  const modality: Modality = Form.useWatch(['exam', 'modality'], form) ?? 'DR'
  const typed: string = Form.useWatch(['exam', 'itemName'], form) ?? ''
  const others: readonly UsualItem[] = Form.useWatch('others', { form, preserve: true }) ?? []
  const items = useUsualItems(modality)
  const chosenAt = useRef(0)
  const [searching, setSearching] = useState(false)

  const choose = (chosen: UsualItem) => {
    // As they are now: a digit may come before the page shows what the digit before it chose.
    const chosenBefore: readonly UsualItem[] = form.getFieldValue('others') ?? []
    const next = withItem(form.getFieldValue('exam'), several ? chosenBefore : [], chosen)
    chosenAt.current = performance.now()
    setSearching(false)
    const { modality: chosenModality, itemName, itemCode, bodyPart } = next.fields
    form.setFieldsValue({ exam: { modality: chosenModality, itemName, itemCode, bodyPart } })
    if (several) form.setFieldValue('others', next.others)
    // The code was chosen with the name: its 'please fill in' no longer holds.
    void form.validateFields([
      ['exam', 'itemName'],
      ['exam', 'itemCode'],
    ])
  }
  const another = () => {
    const { itemName, itemCode, bodyPart } = form.getFieldValue('exam')
    if (!isWholeItem({ itemName, itemCode })) return
    const before: readonly UsualItem[] = form.getFieldValue('others') ?? []
    form.setFieldValue('others', [...before, { modality, itemName, itemCode, bodyPart: bodyPart ?? '', initials: '' }])
    form.setFieldsValue({ exam: { itemName: '', itemCode: '', bodyPart: '' } })
    form.focusField(['exam', 'itemName'])
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isChosen = isWholeItem(form.getFieldValue('exam'))
    const digit = digitOf({ ...pick(event), isComposing: event.nativeEvent.isComposing })
    const chosen = digit === undefined ? undefined : items[digit - 1]
    const isEmpty = !form.getFieldValue(['exam', 'itemName'])
    if (chosen && (isEmpty || (isChosen && several))) {
      event.preventDefault()
      whenAlone(() => choose(chosen), event)
      return
    }
    // '+' is in no item's name; Backspace in the empty field takes the last one back, as in every field of several.
    if (several && isPlus(event) && !event.nativeEvent.isComposing && isChosen) {
      event.preventDefault()
      another()
      return
    }
    const before: readonly UsualItem[] = form.getFieldValue('others') ?? []
    if (several && event.key === 'Backspace' && isEmpty && before.length > 0) {
      event.preventDefault()
      form.setFieldValue('others', before.slice(0, -1))
      return
    }
    const isOpen = event.target instanceof HTMLElement && event.target.getAttribute('aria-expanded') === 'true'
    const isDone = isChosen || (isEmpty && others.length > 0)
    if (isPlainEnter(event) && !event.ctrlKey && isDone && !isOpen && event.target instanceof HTMLElement) {
      event.preventDefault()
      event.stopPropagation()
      focusSubmit(event.target)
    }
  }
  const withoutEcho = (value: string) =>
    performance.now() - chosenAt.current < echoMilliseconds && new RegExp(`^${escaped(typed)}[\\d１-９]$`).test(value)
      ? typed
      : value

  return (
    <>
      <Form.Item
        name={['exam', 'itemName']}
        label={register.item}
        className="span-2"
        getValueFromEvent={withoutEcho}
        rules={[
          {
            validator: async (_, value: string | undefined) => {
              if (!value?.trim() && !(form.getFieldValue('others')?.length > 0)) throw new Error(common.required)
            },
          },
        ]}
        required
      >
        <AutoComplete
          maxLength={64}
          placeholder={register.itemHint}
          onKeyDown={onKeyDown}
          open={searching && items.some((known) => itemMatches(known, typed))}
          onSearch={(text) => setSearching(text !== '')}
          onOpenChange={(open) => !open && setSearching(false)}
          showSearch={{ filterOption: (text, option) => option !== undefined && itemMatches(option.item, text) }}
          options={items.map((known) => ({
            value: known.itemName,
            label: `${known.itemName} ${known.itemCode}`,
            item: known,
          }))}
          onSelect={(_: string, option: { item: UsualItem }) => choose(option.item)}
        />
      </Form.Item>
      {children}
      <Form.Item label={register.usualItems} className="usual-items">
        <Space size={6} wrap role="group" aria-label={register.usualItems}>
          {items.slice(0, digits).map((known, index) => (
            <Button
              key={known.itemName}
              size="small"
              tabIndex={-1}
              type={known.itemName === typed ? 'primary' : 'default'}
              onClick={() => choose(known)}
            >
              <span className="mono" aria-hidden>
                {index + 1}
              </span>
              {known.itemName}
            </Button>
          ))}
          {several ? (
            <Button size="small" type="dashed" icon={<PlusOutlined />} tabIndex={-1} onClick={another}>
              {register.anotherItem}
            </Button>
          ) : null}
        </Space>
        {others.length > 0 ? (
          <div className="chosen-items" role="status">
            {register.chosenItems(others.length + (isWholeItem({ itemName: typed, itemCode: 'x' }) ? 1 : 0))}
            {others.map((other) => (
              <Tag
                key={`${other.modality}/${other.itemName}`}
                color="processing"
                closable={{ 'aria-label': register.removeItem(other.itemName) }}
                onClose={(event) => {
                  event.preventDefault()
                  form.setFieldValue(
                    'others',
                    others.filter((one) => one !== other),
                  )
                }}
              >
                {words.modality[other.modality]} {other.itemName}
              </Tag>
            ))}
          </div>
        ) : null}
      </Form.Item>
    </>
  )
}

/** By its place too, where an input method says 'Process' for it. */
const isPlus = ({ key, code, shiftKey }: KeyboardEvent): boolean =>
  key === '+' || key === '＋' || code === 'NumpadAdd' || (code === 'Equal' && shiftKey)

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const pick = ({ key, code, ctrlKey, altKey, metaKey, shiftKey }: KeyboardEvent) => ({
  key,
  code,
  ctrlKey,
  altKey,
  metaKey,
  shiftKey,
})
