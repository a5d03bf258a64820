import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Language } from './both.ts'
import { type Dictionary, dictionaries } from './dictionary.ts'

type LanguageChoice = { readonly language: Language; readonly choose: (language: Language) => void }

const storageKey = 'station-language'
const LanguageContext = createContext<LanguageChoice>({ language: 'zh-CN', choose: () => undefined })

function storedLanguage(): Language {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh-CN'
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(storedLanguage)
  const choice = useMemo<LanguageChoice>(
    () => ({
      language,
      choose: (chosen) => {
        localStorage.setItem(storageKey, chosen)
        setLanguage(chosen)
      },
    }),
    [language],
  )
  return <LanguageContext value={choice}>{children}</LanguageContext>
}

export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext)
}

export function useText(): Dictionary {
  return dictionaries[useContext(LanguageContext).language]
}
