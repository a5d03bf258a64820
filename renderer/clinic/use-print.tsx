import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useCallback, useState } from 'react'
import { routes } from '../../shared/api/routes.ts'
import { printerOf } from '../../shared/models/printing.ts'
import { callStation } from '../api/call-station.ts'
import { markRoutesStale } from '../api/mark-stale.ts'
import { queryKeyOf } from '../api/query-key.ts'
import { useFailureNotice } from '../api/use-failure-notice.ts'
import { useText } from '../text/use-text.tsx'
import { type PreparedPaper, preparePaper } from './prepare-paper.ts'
import { printInBrowser } from './print-in-browser.ts'
import type { AnyPrintOrder } from './print-order.ts'
import { sendToPrinter } from './send-to-printer.ts'

/** 'printed': the printer has it. 'dialog': the person has the print dialog. 'unconfirmed': the system gave no answer in time. */
export type PrintResult = { readonly kind: 'printed' | 'dialog' | 'unconfirmed' | 'cancelled' | 'failed' }

/**
 * Prints where the settings say: in the desk's own window silently on the printer of that kind, and with the print dialog where that
 * does not work; in a browser with the browser's dialog. The result is told in words, counted and audited. Never throws.
 */
export function usePrint(): {
  readonly print: (order: AnyPrintOrder) => Promise<PrintResult>
  readonly isPrinting: boolean
} {
  const { common, print: text } = useText()
  const { message } = App.useApp()
  const notice = useFailureNotice()
  const client = useQueryClient()
  const [jobs, setJobs] = useState(0)

  const print = useCallback(
    async (order: AnyPrintOrder): Promise<PrintResult> => {
      setJobs((count) => count + 1)
      const what = text.kinds[order.kind]
      try {
        const settings = await client.fetchQuery({
          queryKey: queryKeyOf(routes.settingsRead),
          queryFn: () => callStation(routes.settingsRead),
          staleTime: 60_000,
        })
        const choice = printerOf(settings.printing, order.kind)
        // A report is a document of its own; cards share sheets.
        const orders =
          order.kind === 'report' ? (order.examIds ?? []).map((id) => ({ ...order, examIds: [id] })) : [order]
        let result: PrintResult = { kind: 'failed' }
        for (const one of orders) {
          const paper = await preparePaper(one)
          result = await bringOut(paper)
          if (result.kind === 'cancelled' || result.kind === 'failed') return result
          const how = result.kind === 'printed' ? 'silent' : result.kind
          await callStation(routes.printDone, {
            body: {
              kind: order.kind,
              how,
              ...(paper.ticket ? { ticket: paper.ticket } : {}),
              ...(order.kind === 'outside-paper' ? { examId: order.examId } : {}),
              printer: choice.printer,
              copies: choice.copies,
            },
          })
          tellNotices(paper)
        }
        await markRoutesStale(client, [routes.reprintList, routes.printHistory, routes.examList])
        return result

        async function bringOut(paper: PreparedPaper): Promise<PrintResult> {
          if (!window.shell?.printPdf) {
            await printInBrowser(new Blob([paper.pdf], { type: 'application/pdf' }))
            message.info(text.opened(what))
            return { kind: 'dialog' }
          }
          const sent = await sendToPrinter(paper, choice, (why) => message.warning(text.refused(what, why), 8))
          switch (sent.kind) {
            case 'printed':
              message.success(text.handedOver(what, choice.printer))
              break
            case 'unconfirmed':
              message.warning(text.unconfirmed(what), 8)
              break
            case 'cancelled':
              message.info(text.cancelled(what))
              break
            case 'failed':
              message.error(text.dialogFailed(what, sent.reason), 10)
              break
            case 'dialog':
              break
          }
          return { kind: sent.kind }
        }

        function tellNotices({ notices, withoutQr }: PreparedPaper): void {
          const unusable = notices.flatMap((one) => (one.kind === 'unusable-qr' ? [one.reason] : []))
          const dead = unusable.filter((reason) => reason === 'dead').length
          if (withoutQr > dead) message.info(text.withoutQr(withoutQr - dead), 6)
          if (dead > 0) message.warning(order.kind === 'card' ? text.deadQrOnCards(dead) : text.deadQr, 8)
          const missing = notices.flatMap((one) => (one.kind === 'missing-character' ? [one.character] : []))
          if (missing.length > 0) message.warning(text.missingCharacters([...new Set(missing)].join('')), 8)
          if (unusable.length > dead) message.warning(text.unusableQr, 8)
          const pictures = notices.flatMap((one) => (one.kind === 'unusable-picture' ? [one.what] : []))
          if (pictures.length > 0) message.warning(text.unusablePicture(pictures.join(common.comma)), 8)
        }
      } catch (error) {
        notice(error)
        return { kind: 'failed' }
      } finally {
        setJobs((count) => count - 1)
      }
    },
    [client, message, notice, text, common.comma],
  )
  return { print, isPrinting: jobs > 0 }
}
