import { CloseOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { KeyImage } from '../../../shared/models/writing.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { isPlainEnter } from '../../components/ime-safe-enter.ts'
import { useText } from '../../text/use-text.tsx'
import { moved } from './key-image-order.ts'

export type KeyImageView = (image: KeyImage, label: string) => ReactNode

type Props = { readonly examId: string; readonly readOnly: boolean; readonly thumbnailOf: KeyImageView }

/** The images that stand in the report, in their order. They are saved at once: the preview shows them. */
export function KeyImageStrip({ examId, readOnly, thumbnailOf }: Props) {
  const { report } = useText()
  const params = { id: examId }
  const list = useStationQuery(routes.keyImageList, { params })
  const save = useStationMutation(routes.keyImageSave, { stale: [routes.keyImageList, routes.examRead] })
  const images = list.data ?? []
  if (images.length === 0) return readOnly ? null : <p className="faint key-images-hint">{report.keyImagesHint}</p>
  const keep = (body: readonly KeyImage[]) => save.mutate({ params, body: [...body] })
  return (
    <section className="key-images" aria-label={report.keyImages} data-key-images={images.length}>
      <ol>
        {images.map((image, index) => (
          <li key={`${image.instanceId} ${image.frame}`} data-key-image={`${image.instanceId}:${image.frame}`}>
            {thumbnailOf(image, report.keyImage(index + 1))}
            {readOnly ? (
              <span>{image.caption}</span>
            ) : (
              <>
                <Caption
                  label={`${report.caption} ${index + 1}`}
                  value={image.caption ?? ''}
                  onKeep={(caption) => keep(images.map((one, n) => (n === index ? { ...one, caption } : one)))}
                />
                <span className="key-image-tools">
                  <Button
                    type="text"
                    size="small"
                    icon={<LeftOutlined />}
                    aria-label={`${report.earlier} ${index + 1}`}
                    title={report.earlier}
                    disabled={index === 0 || save.isPending}
                    onClick={() => keep(moved(images, index, index - 1))}
                  />
                  <Button
                    type="text"
                    size="small"
                    icon={<RightOutlined />}
                    aria-label={`${report.later} ${index + 1}`}
                    title={report.later}
                    disabled={index === images.length - 1 || save.isPending}
                    onClick={() => keep(moved(images, index, index + 1))}
                  />
                  <Button
                    type="text"
                    size="small"
                    danger
                    icon={<CloseOutlined />}
                    aria-label={`${report.takeOut} ${index + 1}`}
                    title={report.takeOut}
                    disabled={save.isPending}
                    onClick={() => keep(images.filter((_, n) => n !== index))}
                  />
                </span>
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

type CaptionProps = { readonly label: string; readonly value: string; readonly onKeep: (caption: string) => void }

function Caption({ label, value, onKeep }: CaptionProps) {
  const { report } = useText()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const keep = () => {
    if (text.trim() !== value) onKeep(text.trim())
  }
  return (
    <Input
      size="small"
      value={text}
      maxLength={60}
      aria-label={label}
      placeholder={report.caption}
      onChange={({ target }) => setText(target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (isPlainEnter(event)) keep()
      }}
    />
  )
}
