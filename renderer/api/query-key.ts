import type { AnyRoute } from '../../shared/api/route.ts'

export type StationQueryKey = readonly [path: string, params: Record<string, unknown>, query: Record<string, unknown>]

export function queryKeyOf(
  route: AnyRoute,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): StationQueryKey {
  return [route.path, params, query]
}
