import { boardRoutes } from './board-routes.ts'
import { cloudCareRoutes } from './cloud-care-routes.ts'
import { deviceRoutes } from './device-routes.ts'
import { examRoutes } from './exam-routes.ts'
import { imageRoutes } from './image-routes.ts'
import { lookupRoutes } from './lookup-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { printRoutes } from './print-routes.ts'
import { registerRoutes } from './register-routes.ts'
import { reportRoutes } from './report-routes.ts'
import { settingsRoutes } from './settings-routes.ts'
import { staffRoutes } from './staff-routes.ts'
import { viewerRoutes } from './viewer-routes.ts'
import { writingRoutes } from './writing-routes.ts'

/** Every route of the station, by name. `:name` in a path is a parameter. Documents and pixels answer bytes, not JSON. */
export const routes = {
  ...peopleRoutes,
  ...settingsRoutes,
  ...deviceRoutes,
  ...examRoutes,
  ...imageRoutes,
  ...reportRoutes,
  ...lookupRoutes,
  ...cloudCareRoutes,
  ...boardRoutes,
  ...registerRoutes,
  ...viewerRoutes,
  ...writingRoutes,
  ...printRoutes,
  ...staffRoutes,
}
export type Routes = typeof routes
