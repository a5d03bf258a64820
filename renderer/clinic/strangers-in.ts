import type { ImageOfStudy } from '../../shared/api/views.ts'

type Named = Pick<ImageOfStudy, 'instanceId' | 'patientId' | 'patientName' | 'patientSex' | 'patientBirthDate'>

const personOf = (image: Named) =>
  [image.patientId || image.patientName, image.patientSex, image.patientBirthDate].join('\n')

/**
 * Pure: the images that name another person than most of the study do, by their ids. Of two people with as many images each nobody
 * can tell who is the stranger: then none. An image that names nobody is no stranger.
 */
export function strangersIn(images: readonly Named[]): string[] {
  const named = images.filter((image) => image.patientId !== '' || image.patientName !== '')
  const byPerson = Map.groupBy(named, personOf)
  const [most, next] = [...byPerson.values()].sort((a, b) => b.length - a.length)
  if (!most || !next || most.length === next.length) return []
  return named.filter((image) => !most.includes(image)).map((image) => image.instanceId)
}
