import { Alert, Modal, Spin } from 'antd'
import { useEffect, useRef, useState } from 'react'

export type CameraWords = {
  readonly shoot: string
  readonly close: string
  readonly taken: (count: number) => string
  readonly refused: string
  readonly missing: string
  readonly broken: string
}
type Props = {
  readonly title: string
  readonly words: CameraWords
  readonly onPhoto: (photo: File) => void
  readonly onClose: () => void
}
type State = { readonly kind: 'starting' | 'running' } | { readonly kind: 'failed'; readonly why: string }

/** A sheet of paper stays readable; a camera that has less gives what it has. */
const wanted: MediaStreamConstraints = {
  audio: false,
  video: { width: { ideal: 2592 }, height: { ideal: 1944 }, facingMode: 'environment' },
}

/** What the camera sees, and a photo of it at each press. The camera is let go when the dialog closes. */
export function CameraDialog({ title, words, onPhoto, onClose }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<State>({ kind: 'starting' })
  const [count, setCount] = useState(0)

  useEffect(() => {
    let stream: MediaStream | undefined
    let closed = false
    const start = async () => {
      const opened = await navigator.mediaDevices.getUserMedia(wanted)
      stream = opened
      if (closed) return stop()
      const shown = video.current
      if (!shown) return
      shown.srcObject = opened
      await shown.play()
      setState({ kind: 'running' })
    }
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    start().catch((error: unknown) => {
      if (closed) return
      const name = error instanceof DOMException ? error.name : ''
      const why = name === 'NotAllowedError' ? words.refused : name === 'NotFoundError' ? words.missing : words.broken
      setState({ kind: 'failed', why })
    })
    return () => {
      closed = true
      stop()
    }
  }, [words])

  const shoot = () => {
    const shown = video.current
    if (!shown) return
    const canvas = document.createElement('canvas')
    canvas.width = shown.videoWidth
    canvas.height = shown.videoHeight
    canvas.getContext('2d')?.drawImage(shown, 0, 0)
    canvas.toBlob(
      (blob) => {
        if (!blob) return
        const at = new Date().toISOString().replace(/[-:]/g, '').slice(0, 15)
        onPhoto(new File([blob], `photo-${at}-${count + 1}.jpg`, { type: 'image/jpeg', lastModified: Date.now() }))
        setCount((photos) => photos + 1)
      },
      'image/jpeg',
      0.88,
    )
  }
  return (
    <Modal
      open
      title={title}
      width={760}
      okText={words.shoot}
      cancelText={words.close}
      okButtonProps={{ disabled: state.kind !== 'running', autoFocus: state.kind === 'running' }}
      footer={(_, { OkBtn, CancelBtn }) => (
        <>
          <CancelBtn />
          {/* Made anew once it can be pressed, which gives it the focus. */}
          <OkBtn key={state.kind} />
        </>
      )}
      onOk={shoot}
      onCancel={onClose}
    >
      {state.kind === 'failed' ? <Alert type="warning" showIcon title={state.why} /> : null}
      {state.kind === 'starting' ? <Spin /> : null}
      <video
        ref={video}
        muted
        playsInline
        hidden={state.kind !== 'running'}
        data-camera={state.kind}
        style={{ width: '100%', maxHeight: '60vh' }}
      />
      {count > 0 ? <p role="status">{words.taken(count)}</p> : null}
    </Modal>
  )
}
