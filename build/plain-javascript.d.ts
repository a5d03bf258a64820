// The bootstrap's own files are plain JavaScript, because an older Node runs them. These are their types for everyone else.

declare module '*/run-process.mjs' {
  import type { SpawnOptions } from 'node:child_process'
  export function runProcess(
    command: string,
    args: readonly string[],
    options?: SpawnOptions & { readonly leavesNothing?: boolean },
  ): Promise<number>
}

declare module '*/install-stamp.mjs' {
  export function installStamp(root: string, platform?: string, arch?: string): string
  export function stampFile(root: string): string
  export function isInstalled(root: string): boolean
}

declare module '*/npm-command.mjs' {
  export function npmCommand(): string | undefined
}
