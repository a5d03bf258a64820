import { CameraOutlined, PictureOutlined } from '@ant-design/icons'
import { Button, Space, Upload } from 'antd'
import { useState } from 'react'
import { CameraDialog } from '../../components/camera-dialog.tsx'
import { useText } from '../../text/use-text.tsx'

/** Photos of a request slip, from the camera or from files. */
export function SlipButtons({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const { register } = useText()
  const [camera, setCamera] = useState(false)
  return (
    <Space size={8}>
      <Button size="small" icon={<CameraOutlined aria-hidden />} onClick={() => setCamera(true)}>
        {register.takePhoto}
      </Button>
      <Upload
        multiple
        accept="image/jpeg,image/png"
        showUploadList={false}
        beforeUpload={(file) => {
          onFiles([file])
          return Upload.LIST_IGNORE
        }}
      >
        <Button size="small" icon={<PictureOutlined aria-hidden />}>
          {register.choosePhotos}
        </Button>
      </Upload>
      {camera ? (
        <CameraDialog
          title={register.takePhoto}
          words={register.camera}
          onPhoto={(file) => onFiles([file])}
          onClose={() => setCamera(false)}
        />
      ) : null}
    </Space>
  )
}
