import { Alert, App, Button, Card, Form, Input, InputNumber, Spin } from 'antd'
import dayjs from 'dayjs'
import { routes } from '../../../shared/api/routes.ts'
import type { StationSettings } from '../../../shared/models/settings.ts'
import type { BackupStatus } from '../../../shared/models/staff.ts'
import { FailureNotice } from '../../api/failure-notice.tsx'
import { wordsIn } from '../../api/failure-words.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { SettingsForm } from '../../clinic/settings-form.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useLanguage, useText } from '../../text/use-text.tsx'

const whileRunningMilliseconds = 2000
const shown = (at: number) => dayjs(at).format('YYYY-MM-DD HH:mm')
const sizeOf = (bytes: number) => (bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`)

/** Where the backup goes, when it was last found right, and one button. */
export function BackupTab({ mayChange }: { readonly mayChange: boolean }) {
  const { common, staff } = useText()
  const { message } = App.useApp()
  const status = useStationQuery(routes.backupRead, { refetchInterval: whileRunningMilliseconds })
  const now = useStationMutation(routes.backupNow, {
    stale: [routes.backupRead, routes.health],
    onDone: ({ problem }) => {
      if (!problem) message.success(staff.backupDone)
    },
  })
  if (status.error) return <FailureAlert error={status.error} onRetry={() => status.refetch()} />
  if (!status.data) return <Spin />
  const isRunning = status.data.isRunning || now.isPending
  return (
    <Card>
      <p className="settings-intro">{staff.backupIntro}</p>
      <BackupState status={status.data} isRunning={isRunning} />
      <SettingsForm<Pick<StationSettings, 'backup'>>
        mayChange={mayChange}
        valuesOf={({ backup }) => ({ backup })}
        stale={[routes.backupRead]}
        onSaved={({ backup }) => {
          if (backup.folder) now.mutate({})
          else message.success(common.saved)
        }}
        foot={
          <Button disabled={!status.data.folder} loading={isRunning} onClick={() => now.mutate({})}>
            {isRunning ? staff.backupRunning : staff.backupNow}
          </Button>
        }
      >
        <div className="form-columns">
          <Form.Item name={['backup', 'folder']} label={staff.backupFolder} extra={staff.backupFolderHint}>
            <Input className="mono" maxLength={500} allowClear />
          </Form.Item>
          <Form.Item
            name={['backup', 'everyHours']}
            label={staff.backupEvery}
            extra={staff.backupEveryHint}
            rules={[{ required: true, message: common.required }]}
          >
            <InputNumber min={1} max={168} precision={0} />
          </Form.Item>
        </div>
      </SettingsForm>
    </Card>
  )
}

function BackupState({ status, isRunning }: { readonly status: BackupStatus; readonly isRunning: boolean }) {
  const { staff } = useText()
  const { language } = useLanguage()
  const { folder, lastGood, problem, nextAt } = status
  if (!folder) return <Alert className="backup-none" type="warning" showIcon title={staff.backupNone} />
  const next = nextAt && !isRunning ? staff.backupNext(shown(nextAt)) : undefined
  if (problem) {
    const words = wordsIn(problem, language)
    return (
      <Alert
        type="error"
        showIcon
        title={words.message}
        description={
          <>
            <FailureNotice words={words} />
            {next}
          </>
        }
      />
    )
  }
  if (!lastGood) return <Alert type="info" showIcon title={staff.backupNever} description={next} />
  return (
    <Alert
      type="success"
      showIcon
      title={staff.backupGood(shown(lastGood.at))}
      description={[staff.backupSize(lastGood.files, sizeOf(lastGood.fileBytes + lastGood.databaseBytes)), next]
        .filter(Boolean)
        .join(' · ')}
    />
  )
}
