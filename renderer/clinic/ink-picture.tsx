import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Popconfirm, Upload } from 'antd'
import { useEffect, useState } from 'react'
import { routes } from '../../shared/api/routes.ts'
import { fetchStation } from '../api/call-station.ts'
import { StationError } from '../api/station-error.ts'
import { useStationMutation } from '../api/use-station-mutation.ts'
import { useText } from '../text/use-text.tsx'

type Props = {
  /** What it is called: the logo, a person's signature. */
  readonly name: string
  readonly of: { readonly kind: 'logo' } | { readonly kind: 'account'; readonly id: string }
  readonly mayChange: boolean
}

const largest = 1024 * 1024

/** A picture that stands on reports: shown, replaced, removed. */
export function InkPicture({ name, of, mayChange }: Props) {
  const { common, print } = useText()
  const { message } = App.useApp()
  const client = useQueryClient()
  const isLogo = of.kind === 'logo'
  const params = { id: isLogo ? 'logo' : of.id }
  const key = ['ink', params.id]
  const picture = useQuery({
    queryKey: key,
    queryFn: () => fetchInk(isLogo, params.id),
  })
  const onDone = () => {
    message.success(common.saved)
    void client.invalidateQueries({ queryKey: key })
  }
  const save = useStationMutation(isLogo ? routes.logoSave : routes.signatureSave, { onDone })
  const remove = useStationMutation(isLogo ? routes.logoRemove : routes.signatureRemove, { onDone })
  const address = useAddressOf(picture.data ?? undefined)

  const take = async (file: File) => {
    if (file.size > largest) return void message.error(print.pictureTooLarge)
    save.mutate({ params, body: { picture: base64Of(new Uint8Array(await file.arrayBuffer())) } })
  }
  return (
    <div className="ink-picture">
      {address ? (
        <img src={address} alt={name} style={{ maxHeight: 80, maxWidth: 240, background: '#fff', padding: 6 }} />
      ) : (
        <span className="faint">{print.noPicture}</span>
      )}
      {mayChange ? (
        <>
          <Upload
            accept="image/png,image/jpeg"
            showUploadList={false}
            beforeUpload={(file) => {
              void take(file)
              return false
            }}
          >
            <Button loading={save.isPending} aria-label={`${name} ${print.upload}`}>
              {print.upload}
            </Button>
          </Upload>
          {address ? (
            <Popconfirm
              title={print.removeTitle}
              description={print.removeHint}
              okText={common.remove}
              cancelText={common.cancel}
              onConfirm={() => remove.mutate({ params })}
            >
              <Button aria-label={`${name} ${common.remove}`}>{common.remove}</Button>
            </Popconfirm>
          ) : null}
        </>
      ) : null}
    </div>
  )
}

/** null: there is none. */
async function fetchInk(isLogo: boolean, id: string): Promise<Blob | null> {
  try {
    const answer = await fetchStation(isLogo ? routes.logoRead : routes.signatureRead, { params: { id } })
    return await answer.blob()
  } catch (error) {
    if (error instanceof StationError && error.status === 404) return null
    throw error
  }
}

function useAddressOf(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!blob) return setAddress(undefined)
    const made = URL.createObjectURL(blob)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return address
}

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}
