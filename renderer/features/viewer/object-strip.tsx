import { FileOutlined, FilePdfOutlined, VideoCameraOutlined } from '@ant-design/icons'
import { App } from 'antd'
import { useState } from 'react'
import { fetchDicomWeb } from '../../api/call-station.ts'
import { usePrint } from '../../clinic/use-print.tsx'
import { PdfDialog } from '../../components/pdf-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import { FilmDialog } from './film-dialog.tsx'
import { type OtherObject, webAddressOf } from './other-objects.ts'

const icons = { paper: FilePdfOutlined, film: VideoCameraOutlined, other: FileOutlined } as const

type Props = { readonly objects: readonly OtherObject[]; readonly examId: string }

/** What came with the pictures and is none: papers and films open in a window of their own, the rest is told. */
export function ObjectStrip({ objects, examId }: Props) {
  const { viewer } = useText()
  const { modal } = App.useApp()
  const { print } = usePrint()
  const [open, setOpen] = useState<OtherObject>()
  const close = () => setOpen(undefined)
  const shortOf = ({ kind, number, instance }: OtherObject) =>
    kind === 'other' ? instance.modality || viewer.otherShort : viewer.objectShort[kind](number)
  const titleOf = (object: OtherObject) =>
    [shortOf(object), object.instance.seriesDescription].filter(Boolean).join(' ')
  const choose = (object: OtherObject) => {
    if (object.kind === 'other')
      modal.info({ title: titleOf(object), content: viewer.onlyKept, okText: viewer.understood })
    else setOpen(object)
  }
  return (
    <>
      {objects.map((object) => {
        const Icon = icons[object.kind]
        return (
          <button
            type="button"
            key={object.instance.id}
            className="series-choice"
            data-object={object.kind}
            title={titleOf(object)}
            aria-label={titleOf(object)}
            onClick={() => choose(object)}
          >
            <span className="object-icon">
              <Icon aria-hidden />
            </span>
            <span>{shortOf(object)}</span>
          </button>
        )
      })}
      {open?.kind === 'film' ? <FilmDialog film={open} title={titleOf(open)} onClose={close} /> : null}
      <PdfDialog
        open={open?.kind === 'paper'}
        title={open ? titleOf(open) : ''}
        load={async () => {
          if (!open) throw new Error('nothing is open')
          return (await fetchDicomWeb(`${webAddressOf(open.instance)}/rendered`, 'application/pdf')).blob()
        }}
        onPrint={(pdf) => print({ kind: 'outside-paper', examId, pdf })}
        onClose={close}
      />
    </>
  )
}
