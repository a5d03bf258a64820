import { both } from '../both.ts'

export const printText = both(
  {
    kinds: { card: '检查卡', report: '报告', 'day-sheet': '日报表', calibration: '校准页' },
    handedOver: (what: string, printer: string) => `${what}已交给${printer || '默认打印机'}`,
    opened: (what: string) => `${what}已打开打印窗口`,
    cancelled: (what: string) => `${what}没有打印：您关闭了打印窗口`,
    unconfirmed: (what: string) => `${what}：打印机没有回应，请看纸张有没有出来`,
    refused: (what: string, why: string) => `${what}没能直接打印（${why}），已改为打印窗口`,
    dialogFailed: (what: string, why: string) => `${what}没有打印：${why}`,
    withoutQr: (n: number) =>
      n === 1 ? '二维码还没有，卡上印了“报告发布后扫码”，已放入待补打' : `${n} 张卡还没有二维码，已放入待补打`,
    missingCharacters: (characters: string) => `字体里没有这些字，打成了〓：${characters}`,
    unusableQr: '二维码读不出来，没有印',
    unusablePicture: (what: string) => `有图像没能放进报告：${what}`,
  },
  {
    kinds: { card: 'Card', report: 'Report', 'day-sheet': 'Day sheet', calibration: 'Calibration page' },
    handedOver: (what: string, printer: string) => `${what} handed to ${printer || 'the default printer'}`,
    opened: (what: string) => `${what}: the print dialog is open`,
    cancelled: (what: string) => `${what} not printed: the print dialog was closed`,
    unconfirmed: (what: string) => `${what}: the printer did not answer; look whether paper came`,
    refused: (what: string, why: string) =>
      `${what} could not be printed at once (${why}); the print dialog opens instead`,
    dialogFailed: (what: string, why: string) => `${what} not printed: ${why}`,
    withoutQr: (n: number) =>
      n === 1
        ? 'There is no QR yet; the card says so and waits in “cards to print again”'
        : `${n} cards have no QR yet; they wait in “cards to print again”`,
    missingCharacters: (characters: string) => `The font lacks these characters; 〓 stands for them: ${characters}`,
    unusableQr: 'The QR could not be read back and was not printed',
    unusablePicture: (what: string) => `An image could not be put into the report: ${what}`,
  },
)
