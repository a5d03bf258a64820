import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import type { ExamPage } from '../../../shared/api/views.ts'
import { callStation } from '../../api/call-station.ts'
import { queryKeyOf } from '../../api/query-key.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { blocksOf, type Fix, type PreflightLine } from './preflight-lines.ts'
import { PreflightList } from './preflight-list.tsx'
import { useFixFor } from './use-fix-for.ts'

/** clear: nothing blocks; confirmed: something does and the person goes on all the same; stopped: the person mends it first. */
export type Verdict = 'clear' | 'confirmed' | 'stopped'

export type GateRequest = {
  readonly releases: boolean
  /** What else the person should know before going on. */
  readonly notes: readonly string[]
}

type Asking = GateRequest & {
  readonly blocks: readonly PreflightLine[]
  /** What the images say otherwise than the request. */
  readonly mismatches: readonly string[]
  readonly answer: (verdict: Verdict) => void
}

/** Looks before a report goes on whether an upload would be blocked, and asks where one would. */
export function usePreflightGate(
  page: ExamPage,
  onFix: (fix: Fix) => void,
): { readonly check: (request: GateRequest) => Promise<Verdict>; readonly dialog: ReactNode } {
  const { common, images, preflight } = useText()
  const { language } = useLanguage()
  const queryClient = useQueryClient()
  const fixFor = useFixFor(page.reports[0])
  const [asking, setAsking] = useState<Asking>()
  const params = { id: page.exam.id }

  const check = async (request: GateRequest): Promise<Verdict> => {
    const blocks = await queryClient
      .fetchQuery({
        queryKey: queryKeyOf(cloudCareRoutes.preflight, params),
        queryFn: () => callStation(cloudCareRoutes.preflight, { params }),
        staleTime: 0,
      })
      // A check that failed is shown in its own place and holds up no patient.
      .then(blocksOf, () => [])
    const mismatches = request.releases
      ? page.mismatches.map((one) => (language === 'en' ? one.english : one.text))
      : []
    if (blocks.length === 0 && mismatches.length === 0) return 'clear'
    return new Promise((answer) => setAsking({ ...request, blocks, mismatches, answer }))
  }
  const answer = (verdict: Verdict) => {
    asking?.answer(verdict)
    setAsking(undefined)
  }
  const firstFix = asking?.blocks.map(fixFor).find((fix) => fix !== undefined)
  const mend = (fix: Fix) => {
    answer('stopped')
    onFix(fix)
  }

  const dialog = (
    <Modal
      open={asking !== undefined}
      title={asking && asking.blocks.length > 0 ? preflight.gateTitle(asking.blocks.length) : images.mismatchesBefore}
      width={620}
      onCancel={() => answer('stopped')}
      footer={[
        firstFix ? (
          <Button key="fix" type="primary" onClick={() => mend(firstFix)}>
            {preflight.fix}
          </Button>
        ) : (
          <Button key="close" onClick={() => answer('stopped')}>
            {common.cancel}
          </Button>
        ),
        <Button key="go-on" onClick={() => answer('confirmed')}>
          {asking?.releases ? preflight.goOnRelease : preflight.goOn}
        </Button>,
      ]}
    >
      {asking && asking.mismatches.length > 0 ? (
        <Alert
          type="error"
          showIcon
          title={images.mismatches}
          description={
            <ul className="contradictions">
              {asking.mismatches.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          }
        />
      ) : null}
      {asking && asking.blocks.length > 0 ? <PreflightList lines={asking.blocks} fixFor={fixFor} onFix={mend} /> : null}
      <p className="gate-hint">{asking && asking.blocks.length > 0 ? preflight.gateHint : images.mismatchesHint}</p>
      {asking?.notes.map((note) => (
        <p key={note} className="gate-hint">
          {note}
        </p>
      ))}
    </Modal>
  )
  return { check, dialog }
}
