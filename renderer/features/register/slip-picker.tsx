import { Tag } from 'antd'
import { useRef } from 'react'
import { useText } from '../../text/use-text.tsx'
import { SlipButtons } from './slip-buttons.tsx'

type Props = { readonly files: readonly File[]; readonly onChange: (files: readonly File[]) => void }

/** Photos that go to the exams once they are registered. */
export function SlipPicker({ files, onChange }: Props) {
  const { register } = useText()
  // Several files of one choice come one by one, before the next drawing.
  const newest = useRef(files)
  newest.current = files
  const add = (more: readonly File[]) => {
    newest.current = [...newest.current, ...more]
    onChange(newest.current)
  }
  return (
    <div className="slip-picker">
      <span>{register.requestSlip}</span>
      <SlipButtons onFiles={add} />
      {files.map((file) => (
        <Tag
          key={`${file.name}/${file.lastModified}/${file.size}`}
          closable={{ 'aria-label': register.removeItem(file.name) }}
          onClose={() => onChange(files.filter((one) => one !== file))}
        >
          {file.name}
        </Tag>
      ))}
    </div>
  )
}
