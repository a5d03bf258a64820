import { auditDetailText } from './areas/audit-details.ts'
import { boardText } from './areas/board.ts'
import { careText } from './areas/care.ts'
import { commonText } from './areas/common.ts'
import { correctionsText } from './areas/corrections.ts'
import { dayText } from './areas/day.ts'
import { deliveriesText } from './areas/deliveries.ts'
import { devicesText } from './areas/devices.ts'
import { entryText } from './areas/entry.ts'
import { examText } from './areas/exam.ts'
import { imagesText } from './areas/images.ts'
import { itemsText } from './areas/items.ts'
import { lookupText } from './areas/lookup.ts'
import { pageHelpText } from './areas/page-help.ts'
import { peopleText } from './areas/people.ts'
import { preflightText } from './areas/preflight.ts'
import { printText } from './areas/print.ts'
import { registerText } from './areas/register.ts'
import { reportText } from './areas/report.ts'
import { settingHelpText } from './areas/setting-help.ts'
import { settingsText } from './areas/settings.ts'
import { shellText } from './areas/shell.ts'
import { staffText } from './areas/staff.ts'
import { statisticsText } from './areas/statistics.ts'
import { trainingText } from './areas/training.ts'
import { trayText } from './areas/tray.ts'
import { viewerText } from './areas/viewer.ts'
import { wordsText } from './areas/words.ts'
import { writingText } from './areas/writing.ts'
import type { Language } from './both.ts'

function dictionaryIn(language: Language) {
  return {
    common: commonText[language],
    words: wordsText[language],
    shell: shellText[language],
    entry: entryText[language],
    board: boardText[language],
    day: dayText[language],
    statistics: statisticsText[language],
    register: registerText[language],
    exam: examText[language],
    report: reportText[language],
    writing: writingText[language],
    viewer: viewerText[language],
    tray: trayText[language],
    deliveries: deliveriesText[language],
    settings: settingsText[language],
    pageHelp: pageHelpText[language],
    settingHelp: settingHelpText[language],
    people: peopleText[language],
    staff: staffText[language],
    auditDetails: auditDetailText[language],
    training: trainingText[language],
    preflight: preflightText[language],
    lookup: lookupText[language],
    corrections: correctionsText[language],
    items: itemsText[language],
    care: careText[language],
    devices: devicesText[language],
    images: imagesText[language],
    print: printText[language],
  }
}

export type Dictionary = ReturnType<typeof dictionaryIn>

export const dictionaries: Readonly<Record<Language, Dictionary>> = {
  'zh-CN': dictionaryIn('zh-CN'),
  en: dictionaryIn('en'),
}
