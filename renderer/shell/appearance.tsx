import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export const sizes = ['normal', 'big', 'huge'] as const
export type ThemeChoice = (typeof themes)[number]
export type SizeChoice = (typeof sizes)[number]

/** As it is shown now. */
export type Appearance = { readonly theme: 'light' | 'dark'; readonly size: SizeChoice }
type AppearanceChoice = Appearance & {
  readonly chosenTheme: ThemeChoice
  readonly choose: (choice: { readonly theme?: ThemeChoice; readonly size?: SizeChoice }) => void
}

const storageKey = 'station-appearance'
const darkOutside = matchMedia('(prefers-color-scheme: dark)')
const AppearanceContext = createContext<AppearanceChoice>({
  theme: 'light',
  size: 'normal',
  chosenTheme: 'light',
  choose: () => undefined,
})

function stored(): { theme: ThemeChoice; size: SizeChoice } {
  const [theme, size] = (localStorage.getItem(storageKey) ?? '').split(' ')
  return {
    theme: themes.find((one) => one === theme) ?? 'light',
    size: sizes.find((one) => one === size) ?? 'normal',
  }
}

function useDarkOutside(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      darkOutside.addEventListener('change', watcher)
      return () => darkOutside.removeEventListener('change', watcher)
    },
    () => darkOutside.matches,
  )
}

/** Light or dark, and how big: of this computer, whoever sits at it. */
export function AppearanceProvider({ children }: { readonly children: ReactNode }) {
  const [chosen, setChosen] = useState(stored)
  const isDarkOutside = useDarkOutside()
  const theme = chosen.theme === 'system' ? (isDarkOutside ? 'dark' : 'light') : chosen.theme
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    document.documentElement.dataset.size = chosen.size
  }, [theme, chosen.size])
  const choice = useMemo<AppearanceChoice>(
    () => ({
      theme,
      size: chosen.size,
      chosenTheme: chosen.theme,
      choose: (wanted) => {
        const next = { ...chosen, ...wanted }
        localStorage.setItem(storageKey, `${next.theme} ${next.size}`)
        setChosen(next)
      },
    }),
    [theme, chosen],
  )
  return <AppearanceContext value={choice}>{children}</AppearanceContext>
}

export function useAppearance(): AppearanceChoice {
  return useContext(AppearanceContext)
}
