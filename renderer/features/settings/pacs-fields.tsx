import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useText } from '../../text/use-text.tsx'
import { DicomPeerFields } from './dicom-peer-fields.tsx'
import { SecretField } from './secret-field.tsx'
import { TlsFields } from './tls-fields.tsx'

type Way = 'dicom' | 'dicomweb'

/** What belongs to the other way is forgotten: a PACS is reached by one of them. */
const otherSettings: Readonly<Record<Way, readonly string[]>> = {
  dicom: ['dicomWebUrl', 'username', 'password', 'tls'],
  dicomweb: ['dicom', 'callingAeTitle'],
}

/** A PACS takes images by C-STORE or by STOW-RS. */
export function PacsFields({ secretsSet }: { readonly secretsSet: readonly string[] }) {
  const { care, common, settingHelp } = useText()
  const form = Form.useFormInstance()
  const [way, setWay] = useState<Way>(() =>
    form.getFieldValue(['settings', 'dicomWebUrl']) === undefined ? 'dicom' : 'dicomweb',
  )
  const choose = (chosen: Way) => {
    for (const name of otherSettings[chosen]) form.setFieldValue(['settings', name], undefined)
    if (chosen === 'dicom') form.setFieldValue(['settings', 'dicom', 'port'], 104)
    setWay(chosen)
  }
  return (
    <>
      <Form.Item label={care.pacsWay} extra={settingHelp.pacs.way}>
        <Radio.Group
          optionType="button"
          aria-label={care.pacsWay}
          value={way}
          onChange={({ target }) => choose(target.value as Way)}
          options={(['dicom', 'dicomweb'] as const).map((value) => ({ value, label: care.pacsWays[value] }))}
        />
      </Form.Item>
      {way === 'dicom' ? <DicomPeerFields /> : null}
      {way === 'dicomweb' ? (
        <>
          <div className="form-columns">
            <Form.Item
              name={['settings', 'dicomWebUrl']}
              label={care.dicomWebUrl}
              extra={care.dicomWebUrlHint}
              rules={[{ required: true, message: common.required }]}
              className="span-2"
            >
              <Input className="mono" placeholder="https://192.168.1.40/dicom-web" />
            </Form.Item>
            <Form.Item
              name={['settings', 'username']}
              label={care.pacsUsername}
              extra={settingHelp.pacs.username}
              rules={[{ pattern: /^[^:]*$/, message: care.pacsUsernameRule }]}
            >
              <Input className="mono" maxLength={100} autoComplete="off" />
            </Form.Item>
            <SecretField
              name="password"
              label={care.pacsPassword}
              extra={settingHelp.pacs.password}
              isSet={secretsSet.includes('password')}
              isOptional
              rules={[]}
            />
          </div>
          <TlsFields />
        </>
      ) : null}
    </>
  )
}
