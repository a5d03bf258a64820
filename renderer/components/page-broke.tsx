import { Button, Result } from 'antd'
import { useRouteError } from 'react-router'
import { FailureNotice } from '../api/failure-notice.tsx'
import { failureWords } from '../api/failure-words.ts'
import { useLanguage, useText } from '../text/use-text.tsx'

/** What is shown where a page threw. */
export function PageBroke() {
  const { common } = useText()
  const { language } = useLanguage()
  const words = failureWords(useRouteError(), language)
  return (
    <Result
      status="warning"
      title={words.message}
      subTitle={<FailureNotice words={words} />}
      extra={<Button onClick={() => location.reload()}>{common.reload}</Button>}
    />
  )
}
