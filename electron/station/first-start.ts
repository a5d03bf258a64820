import type { Accounts } from './people/accounts.ts'
import type { Settings } from './settings/settings.ts'

/** An empty station gets a nameless institution, so that registering works at once; and `admin`, where a password was given. */
export async function prepareFirstStart(
  settings: Settings,
  accounts: Accounts,
  adminPassword: string | undefined,
): Promise<void> {
  if (settings.institutions().length === 0) {
    settings.saveInstitution({ name: '本机构', hospitalCode: '', hospitalId: '', unionId: '', phone: '' }, 'station')
  }
  if (!adminPassword || !accounts.setupNeeded()) return
  await accounts.create(
    { username: 'admin', displayName: '管理员', doctorCode: '', role: 'administrator', password: adminPassword },
    'station',
  )
}
