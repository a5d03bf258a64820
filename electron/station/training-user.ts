import type { Accounts } from './people/accounts.ts'
import type { Settings } from './settings/settings.ts'

export type TrainingUser = { readonly username: string; readonly password: string }

/** Everybody may know it: behind it are only patients who do not exist, on this computer. */
const trainingUser: TrainingUser = { username: 'training', password: 'training-2026' }

/** A window to practise in is ready when it opens: its administrator, the institution's name, and no wizard. */
export async function prepareTraining(settings: Settings, accounts: Accounts, institutionName: string): Promise<void> {
  if (!accounts.setupNeeded()) return
  await accounts.create({ ...trainingUser, displayName: '练习', doctorCode: '0001', role: 'administrator' }, 'station')
  // Who practises alone audits too, and has clouds to send to.
  const alone = { reporting: { singleDoctor: true }, training: { clouds: true } }
  settings.change({ mode: 'training', desk: { wizardDone: true }, ...alone }, 'station')
  const [institution] = settings.institutions()
  if (institution) settings.saveInstitution({ ...institution, name: institutionName }, 'station', institution.id)
}

/** Who may log in there, for the login page; undefined where that account was not made or is closed. */
export function shownTrainingUser(accounts: Accounts): TrainingUser | undefined {
  const account = accounts.byUsername(trainingUser.username)
  return account && !account.disabled ? trainingUser : undefined
}
