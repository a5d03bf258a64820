import { App } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { KeyImage } from '../../../shared/models/writing.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'
import { jpegWithin } from './draw-picture.ts'
import type { StackImage } from './image-stack.ts'
import type { ImageWindow } from './image-window.ts'

export const mostKeyImages = 8
const mostWidth = 1000
const mostLength = 450_000

const nothing: readonly KeyImage[] = []

function scaledTo(canvas: HTMLCanvasElement, most: number): HTMLCanvasElement {
  const shrink = Math.min(1, most / Math.max(canvas.width, canvas.height))
  if (shrink === 1) return canvas
  const smaller = document.createElement('canvas')
  smaller.width = Math.round(canvas.width * shrink)
  smaller.height = Math.round(canvas.height * shrink)
  smaller.getContext('2d')?.drawImage(canvas, 0, 0, smaller.width, smaller.height)
  return smaller
}

/** The images of the report: each as the doctor saw it, with its measurements. */
export function useKeyImages(examId: string) {
  const text = useText().viewer
  const { message } = App.useApp()
  const mayChange = mayCall(useUser(), routes.keyImageSave)
  const params = { id: examId }
  const list = useStationQuery(routes.keyImageList, { params }).data ?? nothing
  const save = useStationMutation(routes.keyImageSave, { stale: [routes.keyImageList] })
  const keep = (body: readonly KeyImage[]) => save.mutateAsync({ params, body: [...body] })
  return {
    list,
    mayChange,
    isSaving: save.isPending,
    isKey: ({ instanceId, frame }: Pick<StackImage, 'instanceId' | 'frame'>) =>
      list.some((one) => one.instanceId === instanceId && one.frame === frame + 1),
    async take(canvas: HTMLCanvasElement, image: StackImage, window: ImageWindow | undefined): Promise<void> {
      if (list.length >= mostKeyImages) {
        message.warning(text.keyImagesFull(mostKeyImages))
        return
      }
      const taken: KeyImage = {
        instanceId: image.instanceId,
        frame: image.frame + 1,
        caption: '',
        ...(window ? { windowCenter: window.center, windowWidth: window.width } : {}),
        picture: jpegWithin(scaledTo(canvas, mostWidth), mostLength),
      }
      const saved = await keep([...list, taken]).catch(() => undefined)
      if (saved) message.success(text.keyImageTaken(saved.length))
    },
    describe: (at: number, caption: string) =>
      keep(list.map((one, place) => (place === at ? { ...one, caption } : one))).catch(() => undefined),
    remove: (at: number) => keep(list.filter((_, place) => place !== at)).catch(() => undefined),
  }
}

export type KeyImages = ReturnType<typeof useKeyImages>
