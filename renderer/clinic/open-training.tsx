import { App, Button, Typography } from 'antd'
import { routes } from '../../shared/api/routes.ts'
import { useStationQuery } from '../api/use-station-query.ts'
import { useText } from '../text/use-text.tsx'

const command = 'npm start -- --headless --training-for 训练 --data ./training-data --http-port 0 --dicom-port 0'

/** Beside a station of real patients: a window to practise in. A browser can start no program, so there it is said how to. */
export function OpenTraining() {
  const { training } = useText()
  const { message } = App.useApp()
  const institutions = useStationQuery(routes.institutionList)
  const openTraining = window.shell?.openTraining
  const open = async () => {
    if (await openTraining?.(institutions.data?.[0]?.name ?? '')) message.success(training.opening)
    else message.error(training.notOpened)
  }
  return (
    <div className="tab-actions">
      <div className="faint">
        <div>{training.openHint}</div>
        {openTraining ? null : (
          <>
            <div>{training.openInShell}</div>
            <Typography.Text code copyable>
              {command}
            </Typography.Text>
          </>
        )}
      </div>
      {openTraining ? <Button onClick={open}>{training.open}</Button> : null}
    </div>
  )
}
