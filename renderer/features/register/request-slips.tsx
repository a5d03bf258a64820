import './register.css'
import { App, Button, Image, Popover } from 'antd'
import { useEffect, useState } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { RequestSlip } from '../../../shared/models/registration.ts'
import { fetchStation } from '../../api/call-station.ts'
import { mayCall, useUser } from '../../api/use-session.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { Moment } from '../../clinic/moment.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { useText } from '../../text/use-text.tsx'
import { SlipButtons } from './slip-buttons.tsx'
import { useSendSlips } from './use-send-slips.ts'

type Props = { readonly examId: string; readonly mayAdd: boolean }
type Asking = { readonly slip: RequestSlip; readonly what: 'remove' | 'erase' }

/** The photos of an exam's request slip. */
export function RequestSlips({ examId, mayAdd }: Props) {
  const { common, register } = useText()
  const { message } = App.useApp()
  const user = useUser()
  const send = useSendSlips()
  const slips = useStationQuery(routes.slipList, { params: { id: examId } })
  const [asking, setAsking] = useState<Asking>()
  const done = (words: string) => () => {
    message.success(words)
    setAsking(undefined)
  }
  const remove = useStationMutation(routes.slipRemove, { stale: [routes.slipList], onDone: done(register.slipRemoved) })
  const erase = useStationMutation(routes.slipErase, { stale: [routes.slipList], onDone: done(register.slipErased) })
  const all = slips.data ?? []
  const there = all.filter(({ removed }) => removed === null)
  const gone = all.filter(({ removed }) => removed !== null)
  const confirm = (reason: string) => {
    if (!asking) return
    const input = { params: { id: asking.slip.id }, body: { reason } }
    if (asking.what === 'remove') remove.mutate(input)
    else erase.mutate(input)
  }
  return (
    <section className="request-slips" aria-label={register.requestSlip}>
      <h3>{register.requestSlip}</h3>
      {slips.error ? <FailureAlert error={slips.error} /> : null}
      <Image.PreviewGroup>
        <ul className="slip-list">
          {there.map((slip, index) => (
            <li key={slip.id} data-slip={slip.id}>
              <SlipPicture slip={slip} label={register.slipOf(index + 1)} />
              <span className="faint">
                <Moment at={slip.addedAt} /> {slip.addedBy}
              </span>
              {mayAdd && mayCall(user, routes.slipRemove) ? (
                <Button
                  size="small"
                  type="text"
                  danger
                  aria-label={`${register.removeSlip} ${index + 1}`}
                  onClick={() => setAsking({ slip, what: 'remove' })}
                >
                  {register.removeSlip}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </Image.PreviewGroup>
      {mayAdd && mayCall(user, routes.slipAdd) ? <SlipButtons onFiles={(files) => void send([examId], files)} /> : null}
      {gone.length > 0 ? (
        <Popover
          trigger="click"
          title={register.removedSlips(gone.length)}
          content={
            <ul className="slip-gone">
              {gone.map((slip) => (
                <li key={slip.id}>
                  <Moment at={slip.removed?.at ?? 0} /> {slip.removed?.by}
                  {common.colon}
                  {slip.removed?.reason}
                  {mayCall(user, routes.slipErase) ? (
                    <Button size="small" type="link" danger onClick={() => setAsking({ slip, what: 'erase' })}>
                      {register.eraseSlip}
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          }
        >
          <Button size="small" type="link">
            {register.removedSlips(gone.length)}
          </Button>
        </Popover>
      ) : null}
      <ReasonDialog
        open={asking !== undefined}
        title={asking?.what === 'erase' ? register.eraseSlip : register.removeSlip}
        hint={asking?.what === 'erase' ? register.eraseSlipHint : register.removeSlipHint}
        confirmText={asking?.what === 'erase' ? register.eraseSlip : register.removeSlip}
        danger
        loading={remove.isPending || erase.isPending}
        onConfirm={confirm}
        onClose={() => setAsking(undefined)}
      />
    </section>
  )
}

/** The token goes in a header, so a plain address would not do. */
function SlipPicture({ slip, label }: { readonly slip: RequestSlip; readonly label: string }) {
  const [address, setAddress] = useState('')
  useEffect(() => {
    const controller = new AbortController()
    let made = ''
    const read = async () => {
      const answer = await fetchStation(routes.slipImage, { params: { id: slip.id }, signal: controller.signal })
      const picture = await answer.blob()
      if (controller.signal.aborted) return
      made = URL.createObjectURL(picture)
      setAddress(made)
    }
    read().catch(() => undefined)
    return () => {
      controller.abort()
      if (made) URL.revokeObjectURL(made)
    }
  }, [slip.id])
  return <Image {...(address ? { src: address } : {})} alt={label} width={120} height={90} className="slip-picture" />
}
