import { Typography } from 'antd'
import { useText } from '../text/use-text.tsx'
import type { FailureWords } from './failure-words.ts'

/** What to do now, and the code to read out on the telephone. */
export function FailureNotice({ words }: { readonly words: FailureWords }) {
  const { common } = useText()
  return (
    <div className="failure-notice">
      {words.action ? <div>{words.action}</div> : null}
      <Typography.Text type="secondary" copyable={{ text: words.code }} className="mono">
        {common.errorNumber} {words.code}
      </Typography.Text>
    </div>
  )
}
