import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

export type PrintedPaper = {
  /** The file as CUPS would get it. */
  readonly pdf: Buffer
  /** What `lp` was told about it. */
  readonly asked: string
}

export type StandInPrinter = {
  /** The PATH with which a program finds this `lp` first. */
  readonly path: string
  /** Everything that was printed, the first first. */
  readonly papers: () => readonly PrintedPaper[]
  readonly remove: () => void
}

/** An `lp` that keeps what it gets. A queue named 'Gone' is refused as CUPS refuses it. */
export function createStandInPrinter(): StandInPrinter {
  const folder = mkdtempSync(join(tmpdir(), 'yingzhan-lp-'))
  const [bin, out] = [join(folder, 'bin'), join(folder, 'out')]
  for (const one of [bin, out]) mkdirSync(one)
  // The folder's name comes last: what is in it is whole by then.
  const program = `#!/bin/sh
case "$*" in *"-d Gone"*) echo "lp: The printer or class does not exist." >&2; exit 1;; esac
for last; do :; done
number=$(($(ls "${out}" | wc -l) + 1))
mkdir "${folder}/new"
cp "$last" "${folder}/new/paper.pdf"
echo "$*" > "${folder}/new/asked"
mv "${folder}/new" "${out}/$number"
echo "request id is queue-$number (1 file(s))"
`
  writeFileSync(join(bin, 'lp'), program)
  chmodSync(join(bin, 'lp'), 0o755)
  return {
    path: `${bin}${delimiter}${process.env.PATH}`,
    papers: () =>
      existsSync(out)
        ? readdirSync(out)
            .sort((a, b) => Number(a) - Number(b))
            .map((number) => ({
              pdf: readFileSync(join(out, number, 'paper.pdf')),
              asked: readFileSync(join(out, number, 'asked'), 'utf8').trim(),
            }))
        : [],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
