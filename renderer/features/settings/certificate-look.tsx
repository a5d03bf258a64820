import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { App, Button, Descriptions, type FormInstance, Modal, Typography } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { cloudCareRoutes } from '../../../shared/api/cloud-care-routes.ts'
import { routes } from '../../../shared/api/routes.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useLanguage, useText } from '../../text/use-text.tsx'
import type { DestinationValues } from './destination-values.ts'

type Seen = z.infer<typeof cloudCareRoutes.destinationCertificate.answer>[number]
type Props = { readonly destinationId: string; readonly form: FormInstance<DestinationValues> }

/** Shows the certificate before anything is sent, and pins it once a person has compared it. */
export function CertificateLook({ destinationId, form }: Props) {
  const { care, common } = useText()
  const [open, setOpen] = useState(false)
  const look = useStationMutation(cloudCareRoutes.destinationCertificate, { onFailure: () => undefined })
  const begin = () => {
    setOpen(true)
    look.mutate({ params: { id: destinationId } })
  }
  return (
    <>
      <Button onClick={begin}>{care.certificate}</Button>
      <Modal
        open={open}
        title={care.certificate}
        width={680}
        onCancel={() => setOpen(false)}
        footer={<Button onClick={() => setOpen(false)}>{common.close}</Button>}
        loading={look.isPending}
      >
        <Typography.Paragraph type="secondary">{care.certificateHint}</Typography.Paragraph>
        {look.error ? <FailureAlert error={look.error} /> : null}
        {look.data?.length === 0 ? <p>{care.certificateNone}</p> : null}
        {look.data?.map((seen) => (
          <OneCertificate key={seen.url} seen={seen} destinationId={destinationId} form={form} onPinned={begin} />
        ))}
      </Modal>
    </>
  )
}

type OneProps = Props & { readonly seen: Seen; readonly onPinned: () => void }

function OneCertificate({ seen, destinationId, form, onPinned }: OneProps) {
  const { care, common } = useText()
  const { language } = useLanguage()
  const { modal, message } = App.useApp()
  const pin = useStationMutation(routes.destinationChange, {
    stale: [routes.destinationList, routes.health],
    onDone: () => {
      // The form beside would otherwise put the old one back when it is saved.
      form.setFieldValue(['settings', 'tls', 'fingerprint'], seen.fingerprint)
      message.success(common.saved)
      onPinned()
    },
  })
  const ask = () =>
    modal.confirm({
      title: care.trustTitle,
      content: (
        <>
          <p>{care.trustHint}</p>
          <p className="mono fingerprint">{seen.fingerprint}</p>
        </>
      ),
      okText: care.trust,
      cancelText: common.cancel,
      onOk: () =>
        pin.mutate({ params: { id: destinationId }, body: { settings: { tls: { fingerprint: seen.fingerprint } } } }),
    })
  const facts = [
    [care.subject, seen.subject],
    [care.issuer, seen.issuer],
    [care.validity, seen.validFrom ? care.validTo(seen.validFrom, seen.validTo) : ''],
    [care.fingerprint, seen.fingerprint],
  ] as const
  return (
    <section className="certificate" data-certificate={seen.trusted ? 'trusted' : 'untrusted'}>
      <h3 className={seen.trusted ? 'good' : 'bad'}>
        {seen.trusted ? <CheckCircleFilled aria-hidden /> : <ExclamationCircleFilled aria-hidden />}{' '}
        {seen.trusted ? care.trusted : care.notTrusted} <span className="mono plain">{seen.url}</span>
      </h3>
      {seen.why ? <p>{language === 'en' ? seen.whyInEnglish : seen.why}</p> : null}
      <Descriptions
        size="small"
        column={1}
        items={facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => ({
            key: label,
            label,
            children: <span className={label === care.fingerprint ? 'mono fingerprint' : ''}>{value}</span>,
          }))}
      />
      {!seen.trusted && seen.fingerprint ? (
        <Button type="primary" loading={pin.isPending} onClick={ask}>
          {care.trustTitle}
        </Button>
      ) : null}
    </section>
  )
}
