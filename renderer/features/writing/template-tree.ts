import type { Template } from '../../../shared/models/writing.ts'

export type FolderNode = {
  readonly kind: 'folder'
  readonly key: string
  readonly name: string
  readonly children: readonly TreeNode[]
}
export type TemplateNode = { readonly kind: 'template'; readonly key: string; readonly template: Template }
export type TreeNode = FolderNode | TemplateNode

const byName = (a: string, b: string) => a.localeCompare(b, 'zh-CN', { numeric: true })
const partsOf = (folder: string) =>
  folder
    .split('/')
    .map((part) => part.trim())
    .filter(Boolean)

/** Folders first, then templates, each by name. A folder's key is 'folder:' and its path. */
export function templateTree(templates: readonly Template[], path = ''): readonly TreeNode[] {
  const depth = partsOf(path).length
  const here = templates.filter(({ folder }) => partsOf(folder).length === depth)
  const deeper = templates.filter(({ folder }) => partsOf(folder).length > depth)
  const names = [...new Set(deeper.map(({ folder }) => partsOf(folder)[depth] ?? ''))].sort(byName)
  return [
    ...names.map((name): FolderNode => {
      const inside = path === '' ? name : `${path}/${name}`
      const children = templateTree(
        deeper.filter(({ folder }) => partsOf(folder)[depth] === name),
        inside,
      )
      return { kind: 'folder', key: `folder:${inside}`, name, children }
    }),
    ...[...here]
      .sort((a, b) => byName(a.name, b.name))
      .map((template): TemplateNode => ({ kind: 'template', key: template.id, template })),
  ]
}

export function folderKeys(nodes: readonly TreeNode[]): readonly string[] {
  return nodes.flatMap((node) => (node.kind === 'folder' ? [node.key, ...folderKeys(node.children)] : []))
}

/** '胸部正常' → '胸部正常 - 副本', and '胸部正常 - 副本 2' where that is taken; at most 60 signs. */
export function copyName(name: string, taken: readonly string[]): string {
  for (let n = 1; ; n += 1) {
    const tail = n === 1 ? ' - 副本' : ` - 副本 ${n}`
    const copy = `${name.slice(0, 60 - tail.length)}${tail}`
    if (!taken.includes(copy)) return copy
  }
}

/** '左膝关节 左膝关节正侧位' → ['膝关节', '膝关节正侧位']: the side says nothing about a folder. */
const wordsAbout = (about: string) =>
  about
    .split(/\s+/)
    .map((word) => word.replace(/^[左右双]/u, ''))
    .filter((word) => word.length > 1)

/** Folders that stand open by themselves: those at the top, and those that lead to what is about the exam in hand. */
export function foldersAbout(nodes: readonly TreeNode[], about: string): readonly string[] {
  const words = wordsAbout(about)
  const isAbout = (name: string) => words.some((word) => word.includes(name) || name.includes(word))
  const leads = (node: TreeNode): boolean =>
    node.kind === 'template' ? isAbout(node.template.name) : isAbout(node.name) || node.children.some(leads)
  const inside = (node: TreeNode): readonly string[] =>
    node.kind === 'folder' && leads(node) ? [node.key, ...node.children.flatMap(inside)] : []
  return [
    ...new Set([...nodes.filter(({ kind }) => kind === 'folder').map(({ key }) => key), ...nodes.flatMap(inside)]),
  ]
}
