import { useMemo } from 'react'
import { routes } from '../../../shared/api/routes.ts'
import type { Modality } from '../../../shared/models/exam.ts'
import { useStationQuery } from '../../api/use-station-query.ts'
import { itemsFor, type UsualItem } from './usual-items.ts'

/** The items of a modality, those that this person registers most first. */
export function useUsualItems(modality: Modality): readonly UsualItem[] {
  const used = useStationQuery(routes.itemsInUse)
  return useMemo(() => itemsFor(modality, used.data ?? []), [modality, used.data])
}
