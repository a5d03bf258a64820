import { UserOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Modal } from 'antd'
import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useUser } from '../api/use-session.ts'
import { ChangePasswordForm } from '../features/login/change-password-form.tsx'
import { useLanguage, useText } from '../text/use-text.tsx'
import { sizes, themes, useAppearance } from './appearance.tsx'
import { lockStore } from './lock-store.ts'

export function UserMenu({ onHelp }: { readonly onHelp: () => void }) {
  const user = useUser()
  const { entry, pageHelp, shell, words } = useText()
  const { message } = App.useApp()
  const { language, choose } = useLanguage()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const appearance = useAppearance()
  const [changing, setChanging] = useState(false)
  const chosen = [`theme-${appearance.chosenTheme}`, `size-${appearance.size}`]
  return (
    <>
      <Dropdown
        trigger={['click']}
        placement="topLeft"
        menu={{
          selectedKeys: chosen,
          items: [
            { key: 'who', label: `${user.displayName} · ${words.role[user.role]}`, disabled: true },
            { type: 'divider' },
            {
              key: 'theme',
              type: 'group',
              label: shell.theme,
              children: themes.map((theme) => ({
                key: `theme-${theme}`,
                label: shell.themes[theme],
                onClick: () => appearance.choose({ theme }),
              })),
            },
            {
              key: 'size',
              type: 'group',
              label: shell.size,
              children: sizes.map((size) => ({
                key: `size-${size}`,
                label: shell.sizes[size],
                onClick: () => appearance.choose({ size }),
              })),
            },
            { type: 'divider' },
            { key: 'help', label: pageHelp.open, onClick: onHelp },
            {
              key: 'language',
              label: shell.language,
              onClick: () => choose(language === 'zh-CN' ? 'en' : 'zh-CN'),
            },
            { key: 'password', label: entry.changePassword, onClick: () => setChanging(true) },
            { key: 'lock', label: shell.lockNow, onClick: lockStore.lock },
            {
              key: 'log-out',
              label: shell.logOut,
              onClick: () => navigate('/log-out', { state: `${pathname}${search}` }),
            },
          ],
        }}
      >
        <Button type="text" block icon={<UserOutlined aria-hidden />} className="side-button" title={shell.userMenu}>
          <span className="side-button-text">{user.displayName}</span>
        </Button>
      </Dropdown>
      <Modal
        open={changing}
        title={entry.changePassword}
        footer={null}
        destroyOnHidden
        onCancel={() => setChanging(false)}
      >
        <ChangePasswordForm
          onDone={() => {
            setChanging(false)
            message.success(entry.passwordChanged)
          }}
        />
      </Modal>
    </>
  )
}
