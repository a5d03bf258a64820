import { ExclamationCircleFilled, InfoCircleFilled, WarningFilled } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { type Fix, groupsOf, type PreflightLine } from './preflight-lines.ts'

/** Shape and word beside the colour. */
const icons: Readonly<Record<PreflightLine['severity'], ReactNode>> = {
  blocks: <ExclamationCircleFilled aria-hidden />,
  warns: <WarningFilled aria-hidden />,
  recommended: <InfoCircleFilled aria-hidden />,
}

type Props = {
  readonly lines: readonly PreflightLine[]
  readonly fixFor: (line: PreflightLine) => Fix | undefined
  readonly onFix: (fix: Fix) => void
}

/** What each destination will say, line by line, with the way to mend it. */
export function PreflightList({ lines, fixFor, onFix }: Props) {
  const { preflight } = useText()
  const inEnglish = useLanguage().language === 'en'
  return (
    <div className="preflight">
      {groupsOf(lines).map((group) => (
        <section key={group.destinationId} aria-label={group.destinationName}>
          <h3>{group.destinationName}</h3>
          <ul>
            {group.lines.map((line) => {
              const fix = fixFor(line)
              return (
                <li
                  key={`${line.field} ${line.code}`}
                  className={`preflight-line preflight-${line.severity}`}
                  data-preflight={`${line.severity}:${line.field}`}
                >
                  <span className="preflight-icon" title={preflight[line.severity]}>
                    {icons[line.severity]}
                    <span className="unseen">{preflight[line.severity]}</span>
                  </span>
                  <span>
                    {inEnglish ? line.messageInEnglish : line.message}
                    {line.place.kind === 'images' ? <span className="faint"> · {preflight.images}</span> : null}
                  </span>
                  {fix ? (
                    <Button
                      size="small"
                      aria-label={preflight.fixOf(inEnglish ? line.labelInEnglish : line.label)}
                      onClick={() => onFix(fix)}
                    >
                      {preflight.fix}
                    </Button>
                  ) : null}
                </li>
              )
            })}
          </ul>
        </section>
      ))}
    </div>
  )
}
