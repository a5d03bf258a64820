import { QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect, useMemo, useState } from 'react'
import { RouterProvider } from 'react-router'
import { createQueryClient } from './api/create-query-client.ts'
import { deskRouter } from './desk-router.tsx'
import { deskTheme } from './desk-theme.ts'
import { AppearanceProvider, useAppearance } from './shell/appearance.tsx'
import { SessionGate } from './shell/session-gate.tsx'
import { LanguageProvider, useLanguage } from './text/use-text.tsx'

export function DeskApp() {
  return (
    <LanguageProvider>
      <AppearanceProvider>
        <Desk />
      </AppearanceProvider>
    </LanguageProvider>
  )
}

function Desk() {
  const { language } = useLanguage()
  const { theme: shade, size } = useAppearance()
  const theme = useMemo(() => deskTheme({ theme: shade, size }), [shade, size])
  const [queryClient] = useState(createQueryClient)
  dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en')
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return (
    <ConfigProvider
      locale={language === 'zh-CN' ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
      form={{ colon: false, scrollToFirstError: { block: 'center', focus: true } }}
    >
      {/* At the lower left a notice covers no button that one would press next. */}
      <App className="app" message={{ maxCount: 2 }} notification={{ placement: 'bottomLeft', maxCount: 4 }}>
        <QueryClientProvider client={queryClient}>
          <SessionGate>
            <RouterProvider router={deskRouter} />
          </SessionGate>
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}
