import { Alert, Button } from 'antd'
import { FailureNotice } from '../api/failure-notice.tsx'
import { failureWords } from '../api/failure-words.ts'
import { useLanguage, useText } from '../text/use-text.tsx'

type Props = { readonly error: unknown; readonly onRetry?: () => void }

/** A failure in the place where its content would have been. */
export function FailureAlert({ error, onRetry }: Props) {
  const { language } = useLanguage()
  const { common } = useText()
  const words = failureWords(error, language)
  return (
    <Alert
      type="error"
      showIcon
      title={words.message}
      description={<FailureNotice words={words} />}
      action={onRetry ? <Button onClick={onRetry}>{common.retry}</Button> : null}
    />
  )
}
