import { execFile } from 'node:child_process'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeWith } from '../peers.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

describe('the demo, as a newcomer runs it', () => {
  let output = ''
  let papers: string[] = []

  beforeAll(async () => {
    const { stdout } = await run(process.execPath, ['electron/training/demo.ts'], { cwd: root, timeout: 150_000 })
    output = stdout
    papers = [...stdout.matchAll(/^ {2}(\/.*\.pdf)$/gm)].map((match) => match[1]!)
  }, 160_000)

  afterAll(() => {
    for (const paper of papers.slice(0, 1)) rmSync(join(paper, '..'), { recursive: true, force: true })
  })

  it('ends with exit code 0 after ten confirmed steps', () => {
    expect(output.match(/^✓ +\d+/gm)).toHaveLength(10)
    expect(output).toContain('every step was confirmed by the receiving side')
  })

  it('says where the card, the report and the page are', () => {
    expect(papers).toHaveLength(2)
    for (const paper of papers) expect(statSync(paper).size).toBeGreaterThan(5_000)
    expect(output).toContain('npm run demo -- --keep')
  })

  it('writes no identity number and no secret into its log', async () => {
    const folder = join(papers[0]!, '..')
    const { stdout } = await run('grep', [
      '-c',
      '-E',
      '110105199003070017|220102198511200027',
      join(folder, 'station.log'),
    ]).catch((error) => error)
    expect(stdout.trim()).toBe('0')
  })

  it('keeps identity numbers out of the database file', async () => {
    const data = join(papers[0]!, '..', 'data')
    const files = readdirSync(data)
      .filter((name) => name.startsWith('station.db'))
      .map((name) => join(data, name))
    expect(files.length).toBeGreaterThan(0)
    const { stdout } = await run('grep', ['-l', '-a', '-E', '110105199003070017|220102198511200027', ...files]).catch(
      (error) => error,
    )
    expect(stdout).toBe('')
  })

  describeWith(['pdftotext', 'zbarimg'], 'its papers, read back', () => {
    it('has the patient, the rare character and the findings in the report as text', async () => {
      const report = papers.find((paper) => paper.endsWith('报告.pdf'))!
      const { stdout } = await run('pdftotext', ['-layout', report, '-'])
      expect(stdout).toContain('张䶮')
      expect(stdout).toContain('左手诸骨未见明显骨折')
      expect(stdout).toContain('赵医生')
    })

    it('prints the film address as a QR code that a phone can read', async () => {
      const report = papers.find((paper) => paper.endsWith('报告.pdf'))!
      await run('pdftoppm', ['-r', '200', '-png', report, `${report}.page`])
      const page = readdirSync(join(report, '..')).find((name) => name.startsWith('报告.pdf.page'))!
      const { stdout } = await run('zbarimg', [
        '--quiet',
        '--raw',
        '-Sdisable',
        '-Sqrcode.enable',
        join(report, '..', page),
      ])
      const film = /二维码指向 (\S+)/.exec(output)?.[1]
      expect(film).toMatch(/^http/)
      expect(stdout.trim()).toBe(film)
    })
  })
})
