import type { PatientSex } from '../models/patient.ts'
import type { Template } from '../models/writing.ts'

/** For whom and what a report is written. `years`: completed, undefined where the birth date is not known. */
export type TemplateWish = {
  readonly modality: string
  readonly sex: PatientSex
  readonly years: number | undefined
}

type Fitting = Pick<Template, 'modality' | 'sex' | 'fromAge' | 'toAge'>

/** Radiographs go by several values of Modality (0008,0060). */
const radiographs = ['DR', 'CR', 'DX', 'RF']

const sameKind = (one: string, other: string): boolean =>
  one === other || (radiographs.includes(one) && radiographs.includes(other))

/** Whether a template is for such a person: nothing of a woman is offered for a man. Sex O and an unknown age fit everything. */
export function fitsPerson(template: Fitting, { sex, years }: Pick<TemplateWish, 'sex' | 'years'>): boolean {
  if (template.sex !== undefined && sex !== 'O' && template.sex !== sex) return false
  if (years === undefined) return true
  return years >= (template.fromAge ?? 0) && years <= (template.toAge ?? Number.POSITIVE_INFINITY)
}

/** Whether a template is offered where such a report is written: its modality, and the person. */
export function fitsReport(template: Fitting, wish: TemplateWish): boolean {
  return (template.modality === '' || sameKind(template.modality, wish.modality)) && fitsPerson(template, wish)
}

/** The templates that fit: favourites first, then those that this person uses most, otherwise in their order. */
export function chooseTemplates<T extends Template>(templates: readonly T[], wish: TemplateWish): readonly T[] {
  return templates
    .filter((template) => fitsReport(template, wish))
    .sort((a, b) => Number(b.isFavourite) - Number(a.isFavourite) || b.uses - a.uses)
}

/** Whether every word of the search stands in the template's folder, name or texts. An empty search finds all. */
export function templateMatches(
  template: Pick<Template, 'folder' | 'name' | 'findings' | 'impression'>,
  search: string,
) {
  const text = `${template.folder} ${template.name} ${template.findings} ${template.impression}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

export type TemplateFolder<T> = {
  /** '胸部', and the whole way to it: 'DR/胸部'. '' is the top. */
  readonly name: string
  readonly path: string
  readonly folders: readonly TemplateFolder<T>[]
  readonly templates: readonly T[]
}

/** The tree that the folders ('DR/胸部/正常') make, in the order in which they come. */
export function templateTree<T extends Pick<Template, 'folder'>>(templates: readonly T[]): TemplateFolder<T> {
  return folderOf(
    '',
    '',
    templates.map((template) => ({ template, way: template.folder.split('/').filter(Boolean) })),
  )
}

type OnTheWay<T> = { readonly template: T; readonly way: readonly string[] }

function folderOf<T>(name: string, path: string, inside: readonly OnTheWay<T>[]): TemplateFolder<T> {
  const names = [...new Set(inside.flatMap(({ way }) => way[0] ?? []))]
  return {
    name,
    path,
    templates: inside.filter(({ way }) => way.length === 0).map(({ template }) => template),
    folders: names.map((child) =>
      folderOf(
        child,
        path === '' ? child : `${path}/${child}`,
        inside.filter(({ way }) => way[0] === child).map(({ template, way }) => ({ template, way: way.slice(1) })),
      ),
    ),
  }
}
