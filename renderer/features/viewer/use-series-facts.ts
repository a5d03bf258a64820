import { useQueries } from '@tanstack/react-query'
import { useCallback } from 'react'
import { fetchDicomWeb } from '../../api/call-station.ts'
import { type ImageFacts, imageFacts, type JsonDataSet, jsonDataSets, sopInstanceUidOf } from './image-facts.ts'
import type { ImageSeries, StackImage } from './image-stack.ts'

export type FactsOf = (image: StackImage | undefined) => ImageFacts | undefined

type Sets = ReadonlyMap<string, JsonDataSet>

const remembered = new WeakMap<JsonDataSet, Map<number, ImageFacts>>()

function factsFrom(set: JsonDataSet, frame: number): ImageFacts {
  const byFrame = remembered.get(set) ?? new Map<number, ImageFacts>()
  remembered.set(set, byFrame)
  const facts = byFrame.get(frame) ?? imageFacts(set, frame)
  byFrame.set(frame, facts)
  return facts
}

/** Series metadata, PS3.18 10.4.1.1.2: one question for all pictures of a series. */
async function readSets({ studyInstanceUid, seriesInstanceUid }: ImageSeries): Promise<Sets> {
  const address = `studies/${studyInstanceUid}/series/${seriesInstanceUid}/metadata`
  const sets = jsonDataSets.parse(await (await fetchDicomWeb(address, 'application/dicom+json')).json())
  return new Map(sets.map((set) => [sopInstanceUidOf(set), set]))
}

/** What the pictures of these series say about themselves, as soon as it is there. Pictures are shown without it. */
export function useSeriesFacts(shown: readonly ImageSeries[]): FactsOf {
  const sets = useQueries({
    queries: shown.map((series) => ({
      queryKey: ['series-metadata', series.seriesInstanceUid, series.images.length],
      queryFn: () => readSets(series),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 5 * 60_000,
      retry: 1,
      structuralSharing: false,
    })),
    combine: (results) => results.map(({ data }) => data),
  })
  return useCallback(
    (image) => {
      if (!image) return undefined
      const set = sets.map((one) => one?.get(image.sopInstanceUid)).find((one) => one !== undefined)
      return set && factsFrom(set, image.frame)
    },
    [sets],
  )
}
