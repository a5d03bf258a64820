import { Alert } from 'antd'
import type { ExamPage } from '../../../shared/api/views.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'

/** What images and device say that the registration does not: in sight before anybody releases. */
export function ImageWarnings({ page }: { readonly page: ExamPage }) {
  const { images } = useText()
  const { language } = useLanguage()
  const [step] = page.performedSteps
  const announced = step?.announcedImages ?? null
  const isShort = announced !== null && step?.state === 'completed' && page.imageCount < announced
  return (
    <>
      {page.mismatches.length > 0 ? (
        <Alert
          type="error"
          showIcon
          data-mismatches={page.mismatches.length}
          title={images.mismatches}
          description={
            <>
              <ul className="contradictions">
                {page.mismatches.map((one) => (
                  <li key={one.key + one.text}>{language === 'en' ? one.english : one.text}</li>
                ))}
              </ul>
              {images.mismatchesHint}
            </>
          }
        />
      ) : null}
      {step && page.state === 'in-progress' ? (
        <Alert type="info" showIcon title={images.performed[step.state]} description={step.description} />
      ) : null}
      {step?.state === 'discontinued' ? (
        <Alert type="warning" showIcon title={images.performed.discontinued} description={step.reason} />
      ) : null}
      {isShort ? <Alert type="warning" showIcon title={images.announced(announced, page.imageCount)} /> : null}
    </>
  )
}
