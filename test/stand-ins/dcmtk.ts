import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Said = {
  readonly code: number
  /** Both streams as they came. */
  readonly bytes: Buffer
  /** The same, one character a byte. */
  readonly output: string
}

/** A program of dcmtk (or another one) to its end. */
export function dcmtk(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Said> {
  return new Promise((resolve) => {
    const options = {
      encoding: 'buffer' as const,
      timeout: 120_000,
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, ...env },
    }
    execFile(program, [...args], options, (error, stdout, stderr) => {
      const bytes = Buffer.concat([stdout, stderr])
      const code = error ? Number((error as { code?: unknown }).code ?? 1) : 0
      resolve({ code, bytes, output: bytes.toString('latin1') })
    })
  })
}

/** How often a pattern stands in what a program said. */
export const timesIn = (output: string, pattern: RegExp): number => output.match(new RegExp(pattern, 'g'))?.length ?? 0

export type Peer = { readonly aeTitle: string; readonly host: string; readonly port: number }

/** Calling, called, address and port as every client of dcmtk takes them. */
export const callArguments = (aeTitle: string, to: Peer): string[] => [
  '-aet',
  aeTitle,
  '-aec',
  to.aeTitle,
  to.host,
  String(to.port),
]

/** DICOM JSON of one data set, PS3.18 F.2. */
export type DicomJson = Readonly<Record<string, { readonly vr: string; readonly Value?: readonly unknown[] }>>

/** What `findscu` was answered: the final status in its words, and each answer as the file it wrote and read in UTF-8 by dcm2json. */
export async function findWith(
  model: '-W' | '-P' | '-S',
  aeTitle: string,
  to: Peer,
  keys: readonly string[],
  more: readonly string[] = [],
) {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-find-'))
  try {
    const keyArguments = keys.flatMap((key) => ['-k', key])
    const said = await dcmtk('findscu', [
      '-v',
      model,
      '-X',
      '-od',
      folder,
      ...more,
      ...callArguments(aeTitle, to),
      ...keyArguments,
    ])
    const files = readdirSync(folder).sort()
    const answers: { readonly bytes: Buffer; readonly json: DicomJson }[] = []
    for (const file of files) {
      const path = join(folder, file)
      const json = await dcmtk('dcm2json', ['-q', path])
      const object = JSON.parse(json.bytes.toString('utf8')) as DicomJson
      answers.push({ bytes: readFileSync(path), json: object })
    }
    const final = /Final Find Response \((.*)\)/.exec(said.output)?.[1] ?? 'none'
    return { final, answers, code: said.code, output: said.output }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The first value of an attribute, a name by its groups: 'Zhang^Wei=张^伟'. '' when it has none. */
export function textOf(object: DicomJson, tag: string): string {
  const value = object[tag]?.Value?.[0]
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  const name = value as { Alphabetic?: string; Ideographic?: string; Phonetic?: string }
  return [name.Alphabetic, name.Ideographic, name.Phonetic]
    .map((group) => group ?? '')
    .join('=')
    .replace(/=+$/, '')
}
