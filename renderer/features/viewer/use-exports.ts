import { App } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import { fetchStation } from '../../api/call-station.ts'
import { useFailureNotice } from '../../api/use-failure-notice.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { saveFile } from '../../components/save-file.ts'
import { useText } from '../../text/use-text.tsx'
import type { Viewer } from './use-viewer.ts'

type Setup = { readonly viewer: Viewer; readonly examId: string; readonly accessionNumber: string }

/** Images as files: what is on the screen, the file, or all of the exam. */
export function useExports({ viewer, examId, accessionNumber }: Setup) {
  const text = useText().viewer
  const { message } = App.useApp()
  const notice = useFailureNotice()
  const user = useUser()
  const fetched = async (name: string, fetching: () => Promise<Response>) => {
    const close = message.loading(text.exporting, 0)
    try {
      saveFile(await (await fetching()).blob(), name)
    } catch (error) {
      notice(error)
    } finally {
      close()
    }
  }
  const exam = (form: 'dicom' | 'jpeg' | 'anonymised', name: string) =>
    fetched(name, () => fetchStation(routes.examExport, { params: { id: examId, form } }))
  return {
    mayFetch: mayCall(user, routes.examExport),
    view(): void {
      const canvas = viewer.active()?.picture(viewer.hasOverlay)
      canvas?.toBlob((blob) => blob && saveFile(blob, `${accessionNumber}.jpg`), 'image/jpeg', 0.92)
    },
    file(): void {
      const { image } = viewer
      if (image)
        void fetched(`${image.sopInstanceUid}.dcm`, () =>
          fetchStation(routes.instanceFile, { params: { id: image.instanceId } }),
        )
    },
    dicom: () => exam('dicom', `${accessionNumber}.zip`),
    jpeg: () => exam('jpeg', `${accessionNumber}-jpg.zip`),
    // The accession number would name the patient again.
    anonymised: () => exam('anonymised', 'anonymised.zip'),
  }
}
