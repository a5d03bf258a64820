import { UserOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { routes } from '../../shared/api/routes.ts'
import { callStation } from '../api/call-station.ts'
import { sessionStore } from '../api/session-store.ts'
import { useUser } from '../api/use-session.ts'
import { useLanguage, useText } from '../text/use-text.tsx'

/** Logs out here even when the station does not answer: the person at the desk wants to leave. */
async function logOut(): Promise<void> {
  try {
    await callStation(routes.sessionEnd)
  } catch {
    // The token ends by itself.
  }
  sessionStore.end()
}

export function UserMenu() {
  const user = useUser()
  const { shell, words } = useText()
  const { language, choose } = useLanguage()
  return (
    <Dropdown
      trigger={['click']}
      placement="topLeft"
      menu={{
        items: [
          { key: 'who', label: `${user.displayName} · ${words.role[user.role]}`, disabled: true },
          { type: 'divider' },
          {
            key: 'language',
            label: shell.language,
            onClick: () => choose(language === 'zh-CN' ? 'en' : 'zh-CN'),
          },
          { key: 'log-out', label: shell.logOut, onClick: logOut },
        ],
      }}
    >
      <Button type="text" block icon={<UserOutlined aria-hidden />} className="side-button" title={shell.userMenu}>
        <span className="side-button-text">{user.displayName}</span>
      </Button>
    </Dropdown>
  )
}
