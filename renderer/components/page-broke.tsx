import { Button, Result } from 'antd'
import { useRouteError } from 'react-router'
import { useText } from '../text/use-text.tsx'

/** What is shown where a page threw. */
export function PageBroke() {
  const { common } = useText()
  const error = useRouteError()
  return (
    <Result
      status="warning"
      title={common.somethingBroke}
      subTitle={error instanceof Error ? error.message : undefined}
      extra={<Button onClick={() => location.reload()}>{common.reload}</Button>}
    />
  )
}
