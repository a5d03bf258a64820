import type { FormInstance } from 'antd'
import type { StationError } from '../api/station-error.ts'
import { useFailureNotice } from '../api/use-failure-notice.ts'
import { useLanguage } from '../text/use-text.tsx'
import { showFieldErrors } from './show-field-errors.ts'

/** Says what the station refused where it has to be changed, and in the corner with its code and what to do. `place`: as for `showFieldErrors`. */
export function useFieldErrors<Values>(form: FormInstance<Values>, place?: (name: string) => string) {
  const { language } = useLanguage()
  const notice = useFailureNotice()
  return (error: StationError): void => {
    showFieldErrors(form, error, language, place)
    notice(error)
  }
}
