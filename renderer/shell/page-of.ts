import { type PageName, pageHelpText } from '../text/areas/page-help.ts'

/** Which page an address shows, as far as the help is concerned: '/settings/devices' → devices, '/exams/7' → exam. */
export function pageOf(pathname: string): PageName {
  const [section = '', part = ''] = pathname.split('/').slice(1)
  const name = section === 'settings' ? part || 'general' : section === 'exams' ? 'exam' : section
  return Object.hasOwn(pageHelpText['zh-CN'].pages, name) ? (name as PageName) : 'board'
}
