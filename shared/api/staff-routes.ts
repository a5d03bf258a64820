/** Routes of this area; see routes.ts. */
export const staffRoutes = {}
