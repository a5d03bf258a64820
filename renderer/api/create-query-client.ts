import { QueryClient } from '@tanstack/react-query'
import { StationError, unreachableCode } from './station-error.ts'

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The station is on this computer: being offline says nothing about it.
        networkMode: 'always',
        staleTime: 10_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 3 && error instanceof StationError && error.code === unreachableCode,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
