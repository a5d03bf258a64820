import { Alert, Button, Modal, Spin } from 'antd'
import { useEffect, useState } from 'react'
import { fetchDicomWeb } from '../../api/call-station.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import { type OtherObject, webAddressOf } from './other-objects.ts'

type Loaded = { readonly kind: 'loaded' | 'unplayable'; readonly address: string }
type Shown = { readonly kind: 'loading' } | Loaded | { readonly kind: 'failed'; readonly error: unknown }

/** H.264 and H.265 in an MP4 may be named in full; what is older has no other ending that players know. */
const mpeg2 = /\.10[01](\.1)?$/
const inMegabytes = (bytes: number) => Math.max(0.1, bytes / 1e6).toFixed(1)

type Props = { readonly film: OtherObject; readonly title: string; readonly onClose: () => void }

/** Plays a film as it was stored; where this computer can't, it can be saved for another program. */
export function FilmDialog({ film, title, onClose }: Props) {
  const { common, viewer } = useText()
  const [shown, setShown] = useState<Shown>({ kind: 'loading' })
  const { instance } = film
  useEffect(() => {
    let address = ''
    let closed = false
    const read = async () => {
      const answer = await fetchDicomWeb(`${webAddressOf(instance)}/pixeldata`, 'video/mp4, video/mpeg2, video/*;q=0.5')
      const received = await answer.blob()
      if (closed) return
      // Whatever the answer names, only a film is played in this window.
      address = URL.createObjectURL(new Blob([received], { type: 'video/mp4' }))
      setShown({ kind: 'loaded', address })
    }
    read().catch((error: unknown) => !closed && setShown({ kind: 'failed', error }))
    return () => {
      closed = true
      if (address) setTimeout(() => URL.revokeObjectURL(address), 60_000)
    }
  }, [instance])
  const address = 'address' in shown ? shown.address : undefined
  const fileName = `${instance.sopInstanceUid}.${mpeg2.test(instance.transferSyntaxUid) ? 'mpg' : 'mp4'}`
  return (
    <Modal
      open
      title={title}
      width="min(920px, 92vw)"
      centered
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {common.close}
        </Button>,
        <Button key="save" disabled={address === undefined} href={address ?? ''} download={fileName}>
          {viewer.saveFilm(inMegabytes(instance.sizeBytes))}
        </Button>,
      ]}
    >
      <div className="film-frame" data-film-state={shown.kind}>
        {shown.kind === 'loading' ? <Spin size="large" /> : null}
        {shown.kind === 'failed' ? <FailureAlert error={shown.error} /> : null}
        {shown.kind === 'unplayable' ? <Alert type="info" showIcon title={viewer.unplayable} /> : null}
        {shown.kind === 'loaded' ? (
          <video
            controls
            autoPlay
            muted
            src={shown.address}
            aria-label={title}
            onError={() => setShown({ kind: 'unplayable', address: shown.address })}
          />
        ) : null}
      </div>
    </Modal>
  )
}
