import { memo } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { ExamRow } from '../../../shared/models/exam.ts'
import { fetchDocument } from '../../api/fetch-document.ts'
import { usePrint } from '../../clinic/use-print.tsx'
import { PdfDialog } from '../../components/pdf-dialog.tsx'
import { useText } from '../../text/use-text.tsx'

export type Paper = { readonly kind: 'card' | 'report'; readonly row: ExamRow }

type Props = { readonly paper: Paper | undefined; readonly onClose: () => void }

/** The card or the report of a row, to be read and printed. */
export const BoardPaper = memo(function BoardPaper({ paper, onClose }: Props) {
  const { board } = useText()
  const { print } = usePrint()
  const isReport = paper?.kind === 'report'
  return (
    <PdfDialog
      open={paper !== undefined}
      title={isReport ? board.reportPdf : board.checkCard}
      load={() => fetchDocument(isReport ? routes.reportPdf : routes.cardPdf, paper?.row.exam.id ?? '')}
      onPrint={() => print({ kind: isReport ? 'report' : 'card', examIds: paper ? [paper.row.exam.id] : [] })}
      onClose={onClose}
    />
  )
})
