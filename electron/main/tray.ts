import { clipboard, Menu, nativeImage, Tray } from 'electron'
import { trayBitmap, traySize } from './tray-icon.ts'

export type TrayIcon = Readonly<{ follow: (address: string | undefined) => void; tellHidden: () => void }>

type Actions = Readonly<{ showWindow: () => void; quit: () => void }>

/** The icon by the clock: the station goes on receiving while its window is closed, and this says so. */
export function placeTrayIcon({ showWindow, quit }: Actions): TrayIcon {
  const icon = nativeImage.createFromBitmap(trayBitmap(), { width: traySize, height: traySize })
  const tray = new Tray(icon)
  tray.on('click', showWindow)
  let hasTold = false

  const follow = (address: string | undefined) => {
    tray.setToolTip(address ? `影站 ${address}` : '影站（工作站程序没有运行）')
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: '显示窗口', click: showWindow },
        {
          label: address ? `复制地址 ${address}` : '工作站程序没有运行',
          enabled: address !== undefined,
          click: () => clipboard.writeText(address ?? ''),
        },
        { type: 'separator' },
        { label: '退出影站（停止接收影像）', click: quit },
      ]),
    )
  }
  follow(undefined)
  return {
    follow,
    tellHidden() {
      if (hasTold || process.platform !== 'win32') return
      hasTold = true
      tray.displayBalloon({ title: '影站仍在运行', content: '窗口已关闭，影像照常接收。要退出请右键点击此图标。' })
    },
  }
}
