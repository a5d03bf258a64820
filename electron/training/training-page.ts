import type { FaultChoice } from './fault-choices.ts'
import type { FaultRule } from './fault-script.ts'

/** What a simulated cloud shows of itself and lets one switch, at '/'. */
export type TrainingDesk = {
  readonly title: string
  /** What it holds, as tables for people. */
  readonly tables: () => readonly TrainingTable[]
  readonly calls: readonly string[]
  readonly faults: readonly FaultChoice[]
  /** States that last: a wrong clock, a token revoked. */
  readonly switches: readonly TrainingSwitch[]
}

export type TrainingTable = {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export type TrainingSwitch = { readonly id: string; readonly label: string; readonly flip: () => void }

/** Plain HTML: it works without a script, and forms post to '/_training/…'. */
export function trainingPage(desk: TrainingDesk, pending: readonly FaultRule[], now: number): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${text(desk.title)}</title><style>${style}</style></head><body>
<h1>${text(desk.title)}</h1>
<p>训练用的模拟云，只在本机可见，不连接任何真实平台。它的时间：${text(new Date(now).toISOString())}</p>
<h2>故障</h2>
<form method="post" action="/_training/fault">
<label>接口 <select name="call">${['*', ...desk.calls].map((call) => option(call, call === '*' ? '任意接口' : call)).join('')}</select></label>
<label>故障 <select name="fault">${desk.faults.map((fault) => option(fault.id, fault.label)).join('')}</select></label>
<label>次数 <input name="times" type="number" min="1" max="1000" value="1"></label>
<button>加上</button></form>
${pending.length === 0 ? '<p>没有待发生的故障。</p>' : `<ul>${pending.map((rule) => `<li>${text(wordsOf(rule, desk.faults))}</li>`).join('')}</ul>`}
<form method="post" action="/_training/clear"><button>清除全部故障</button></form>
<h2>状态</h2>
<div class="row">${desk.switches.map(({ id, label }) => `<form method="post" action="/_training/switch"><button name="switch" value="${text(id)}">${text(label)}</button></form>`).join('')}</div>
${desk.tables().map(table).join('\n')}
<p><a href="/_ledger">全部内容（JSON）</a></p>
</body></html>
`
}

/** What a posted form asks for; false where it names nothing that is there. */
export function actOnForm(
  desk: TrainingDesk,
  action: string,
  form: URLSearchParams,
  faults: { readonly add: (rule: FaultRule) => void; readonly clear: () => void },
): boolean {
  switch (action) {
    case 'fault': {
      const choice = desk.faults.find(({ id }) => id === form.get('fault'))
      const call = ['*', ...desk.calls].find((name) => name === form.get('call'))
      const times = Number(form.get('times') ?? '1')
      if (!choice || call === undefined || !Number.isInteger(times) || times < 1 || times > 1000) return false
      faults.add({ call, times, fault: choice.fault })
      return true
    }
    case 'clear':
      faults.clear()
      return true
    case 'switch': {
      const chosen = desk.switches.find(({ id }) => id === form.get('switch'))
      chosen?.flip()
      return chosen !== undefined
    }
    default:
      return false
  }
}

function table({ title, head, rows }: TrainingTable): string {
  const cells = (tag: 'th' | 'td', values: readonly string[]) =>
    `<tr>${values.map((value) => `<${tag}>${text(value)}</${tag}>`).join('')}</tr>`
  const body =
    rows.length === 0
      ? '<p>还没有。</p>'
      : `<table>${cells('th', head)}${rows.map((row) => cells('td', row)).join('')}</table>`
  return `<h2>${text(title)}（${rows.length}）</h2>${body}`
}

function wordsOf({ call, times, fault }: FaultRule, choices: readonly FaultChoice[]): string {
  const choice = choices.find((one) => JSON.stringify(one.fault) === JSON.stringify(fault))
  return `${call === '*' ? '任意接口' : call}：${choice?.label ?? fault.kind}，还有 ${times} 次`
}

const option = (value: string, label: string) => `<option value="${text(value)}">${text(label)}</option>`

/** What came over the wire is shown, never interpreted. */
function text(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}

const style =
  'body{font:14px/1.6 sans-serif;margin:2em;max-width:80em}table{border-collapse:collapse}' +
  'td,th{border:1px solid #bbb;padding:2px 8px;text-align:left;vertical-align:top}' +
  'form{display:inline-block;margin:4px 12px 4px 0}label{margin-right:12px}'
