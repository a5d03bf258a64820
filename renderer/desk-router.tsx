import { createHashRouter, Navigate } from 'react-router'
import { PageBroke } from './components/page-broke.tsx'
import { BoardPage } from './features/board/board-page.tsx'
import { DayPage } from './features/day/day-page.tsx'
import { DeliveriesPage } from './features/deliveries/deliveries-page.tsx'
import { ImportPage } from './features/imports/import-page.tsx'
import { PeoplePage } from './features/people/people-page.tsx'
import { ReprintPage } from './features/print/reprint-page.tsx'
import { StatisticsPage } from './features/statistics/statistics-page.tsx'
import { TrainingPage } from './features/training/training-page.tsx'
import { ExamPage } from './pages/exam-page.tsx'
import { NoPage } from './pages/no-page.tsx'
import { RegisterWithLookup } from './pages/register-with-lookup.tsx'
import { SettingsWithPrinting } from './pages/settings-with-printing.tsx'
import { TrayWithThumbnails } from './pages/tray-with-thumbnails.tsx'
import { WelcomePage } from './pages/welcome-page.tsx'
import { DeskShell } from './shell/desk-shell.tsx'
import { LogOut } from './shell/log-out.tsx'

/** Hash addresses: the same pages open from a file, from the station and in the desk's own window. */
export const deskRouter = createHashRouter([
  {
    path: '/',
    element: <DeskShell />,
    errorElement: <PageBroke />,
    children: [
      {
        errorElement: <PageBroke />,
        children: [
          { index: true, element: <Navigate to="/board" replace /> },
          { path: 'board', element: <BoardPage /> },
          { path: 'register', element: <RegisterWithLookup /> },
          { path: 'exams/:examId', element: <ExamPage /> },
          { path: 'tray', element: <TrayWithThumbnails /> },
          { path: 'imports', element: <ImportPage /> },
          { path: 'deliveries', element: <DeliveriesPage /> },
          { path: 'day', element: <DayPage /> },
          { path: 'statistics', element: <StatisticsPage /> },
          { path: 'settings', element: <Navigate to="/settings/general" replace /> },
          { path: 'settings/:tab', element: <SettingsWithPrinting /> },
          { path: 'reprints', element: <ReprintPage /> },
          { path: 'people', element: <PeoplePage /> },
          { path: 'training', element: <TrainingPage /> },
          { path: 'welcome/:step?', element: <WelcomePage /> },
          { path: 'log-out', element: <LogOut /> },
          { path: '*', element: <NoPage /> },
        ],
      },
    ],
  },
])
