import { Input } from 'antd'
import type { PasswordProps } from 'antd/es/input'

/** Tab leads past the eye to the next field: it is for the mouse, and whoever types blind types the password twice. */
export function PasswordInput(props: PasswordProps) {
  return <Input.Password visibilityToggle={{ tabIndex: -1 }} {...props} />
}
