import { Select } from 'antd'
import { routes } from '../../../shared/api/routes.ts'
import type { CodedName } from '../../../shared/models/exam.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { useText } from '../../text/use-text.tsx'

type Props = {
  readonly id?: string
  readonly value?: CodedName
  readonly onChange?: (doctor: CodedName | undefined) => void
  readonly disabled: boolean
}

const keyOf = ({ code, name }: CodedName) => `${code}\n${name}`

/** A doctor with the institution's code: from the users, or whoever is in the report already. */
export function DoctorSelect({ id, value, onChange, disabled }: Props) {
  const { report } = useText()
  const accounts = useStationQuery(routes.accountList)
  const doctors = (accounts.data ?? [])
    .filter(
      ({ role, disabled: gone }) => !gone && (role === 'doctor' || role === 'auditor' || role === 'administrator'),
    )
    .map(({ doctorCode, displayName }): CodedName => ({ code: doctorCode, name: displayName }))
  const known = value?.name && !doctors.some((doctor) => keyOf(doctor) === keyOf(value)) ? [...doctors, value] : doctors
  return (
    <Select
      {...(id ? { id } : {})}
      allowClear
      showSearch
      disabled={disabled}
      placeholder={report.chooseDoctor}
      value={value?.name ? keyOf(value) : null}
      onChange={(key?: string) => onChange?.(known.find((doctor) => keyOf(doctor) === key))}
      options={known.map((doctor) => ({
        value: keyOf(doctor),
        label: doctor.code ? `${doctor.name} ${doctor.code}` : doctor.name,
      }))}
    />
  )
}
