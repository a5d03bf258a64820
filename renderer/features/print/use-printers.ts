import { useQuery } from '@tanstack/react-query'

/** The printers of this computer; only the desk's own window knows them. 'browser': the browser's dialog chooses. */
export function usePrinters():
  | { readonly kind: 'browser' | 'loading' | 'failed' }
  | { readonly kind: 'listed'; readonly printers: readonly DeskPrinter[] } {
  const listPrinters = window.shell?.listPrinters
  const list = useQuery({
    queryKey: ['printers'],
    queryFn: async () => (await listPrinters?.()) ?? [],
    enabled: listPrinters !== undefined,
    staleTime: 10_000,
  })
  if (!listPrinters) return { kind: 'browser' }
  if (list.isError) return { kind: 'failed' }
  return list.data ? { kind: 'listed', printers: list.data } : { kind: 'loading' }
}
