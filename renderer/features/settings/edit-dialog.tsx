import { App, Form } from 'antd'
import type { ReactNode } from 'react'
import type { AnyRoute } from '../../../shared/api/route.ts'
import type { CallInput } from '../../api/call-station.ts'
import { useStationMutation } from '../../api/use-station-mutation.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useFieldErrors } from '../../components/use-field-errors.ts'
import { useText } from '../../text/use-text.tsx'

type Props<Values extends object> = {
  readonly title: string
  readonly initialValues: Partial<Values>
  readonly create: AnyRoute
  readonly change: AnyRoute
  /** Absent: a new one. */
  readonly id: string | undefined
  readonly list: AnyRoute
  readonly onClose: () => void
  readonly width?: number
  readonly children: ReactNode
}

/** One dialog for what has a name and a few fields: creates it or changes it. */
export function EditDialog<Values extends object>(props: Props<Values>) {
  const { common } = useText()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const onFailure = useFieldErrors(form)
  const save = useStationMutation(props.id === undefined ? props.create : props.change, {
    stale: [props.list],
    onDone: () => {
      message.success(common.saved)
      props.onClose()
    },
    onFailure,
  })
  const params = props.id === undefined ? {} : { id: props.id }
  return (
    <FormDialog<Values>
      form={form}
      title={props.title}
      {...(props.width !== undefined && { width: props.width })}
      initialValues={props.initialValues}
      isSaving={save.isPending}
      onFinish={(body) => save.mutate({ params, body } as CallInput<AnyRoute>)}
      onClose={props.onClose}
    >
      {props.children}
    </FormDialog>
  )
}
