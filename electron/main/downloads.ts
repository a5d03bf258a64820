import { dirname, join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
import { isWithinStation } from './address-rules.ts'
import { saveDialogFor } from './saved-file-name.ts'

/**
 * Files that the desk gives away: a dialog asks for the place, beginning where the last one was saved. One that was not saved whole (the disk
 * is full, the stick was pulled out) is told, and so is where it should have gone. What is not of the station is not saved.
 */
export function saveDownloads(window: BrowserWindow, station: () => string | undefined): void {
  let folder = app.getPath('downloads')
  window.webContents.session.on('will-download', (event, item) => {
    if (!isWithinStation(item.getURL(), station())) {
      event.preventDefault()
      return
    }
    const name = item.getFilename()
    item.setSaveDialogOptions({ ...saveDialogFor(name), defaultPath: join(folder, name) })
    item.once('done', (_event, state) => {
      if (state === 'completed') folder = dirname(item.getSavePath())
      else if (state === 'interrupted' && !window.isDestroyed())
        void dialog.showMessageBox(window, {
          type: 'warning',
          title: '影站',
          message: `${name} 没有保存完`,
          detail: `请检查磁盘是否已满、U 盘是否还插着，再保存一次。\n${item.getSavePath()}\n\nThe file was not saved whole. Is the disk full, or was the stick pulled out? Please save it again.`,
          buttons: ['知道了 OK'],
        })
    })
  })
}
