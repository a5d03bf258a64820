import { Button } from 'antd'
import type { Template } from '../../../shared/models/writing.ts'
import type { ReportTexts } from '../../clinic/report-pen.ts'
import { useText } from '../../text/use-text.tsx'

type Props = {
  readonly template: Template
  readonly canWrite: boolean
  readonly onPut: (template: Template, texts?: Partial<ReportTexts>) => void
}

/** What the chosen template says, and single fields of it. */
export function TemplatePreview({ template, canWrite, onPut }: Props) {
  const { writing } = useText()
  const { findings, impression, advice } = template
  return (
    <section className="template-preview" aria-label={template.name}>
      {(
        [
          ['findings', findings],
          ['impression', impression],
          ['advice', advice],
        ] as const
      )
        .filter(([, text]) => text !== '')
        .map(([field, text]) => (
          <p key={field}>
            <strong>{writing[field]}</strong> {text}
          </p>
        ))}
      {canWrite ? (
        <div className="row-actions">
          <Button size="small" type="primary" onClick={() => onPut(template)}>
            {writing.putBoth}
          </Button>
          {findings ? (
            <Button size="small" onClick={() => onPut(template, { findings })}>
              {writing.putFindings}
            </Button>
          ) : null}
          {impression ? (
            <Button size="small" onClick={() => onPut(template, { impression })}>
              {writing.putImpression}
            </Button>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}
