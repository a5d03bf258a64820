import { App, Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { TakeOutDialog } from '../../clinic/take-out-dialog.tsx'
import { useText } from '../../text/use-text.tsx'

type Props = { readonly studyInstanceUid: string; readonly thumbnailOf: (instanceId: string) => ReactNode }

/** Two people under one study: the images of one become a card of their own. */
export function TakeOut({ studyInstanceUid, thumbnailOf }: Props) {
  const { images } = useText()
  const { message } = App.useApp()
  const [isOpen, setOpen] = useState(false)
  const takeOut = useStationMutation(routes.trayTakeOut, {
    stale: [routes.trayList, routes.moveList, routes.trayImages],
    onDone: () => {
      message.success(images.takenOut)
      setOpen(false)
    },
  })
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {images.takeOutSome}
      </Button>
      <TakeOutDialog
        open={isOpen}
        studyInstanceUid={studyInstanceUid}
        thumbnailOf={thumbnailOf}
        loading={takeOut.isPending}
        onConfirm={(instanceIds, reason) =>
          takeOut.mutate({ params: { studyInstanceUid }, body: { instanceIds: [...instanceIds], reason } })
        }
        onClose={() => setOpen(false)}
      />
    </>
  )
}
