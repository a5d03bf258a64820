import type { StationState } from './station-process.ts'

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function page(title: string, body: string): string {
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>影站</title>
<style>body{font:16px/1.7 system-ui,'Microsoft YaHei','Noto Sans CJK SC',sans-serif;max-width:46em;margin:12vh auto;padding:0 2em;color:#222;background:#fff}
h1{font-size:24px}pre{background:#f4f4f4;padding:1em;white-space:pre-wrap;overflow-wrap:anywhere;font-size:14px}.en{color:#666}</style>
<h1>${title}</h1>${body}</html>`
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`
}

/** What the window shows while there is no desk: that the station is starting, or in its own words why it does not run. */
export function stationPage(state: Exclude<StationState, { kind: 'ready' | 'stopped' }>, logFile: string): string {
  if (state.kind === 'starting') return page('影站正在启动…', '<p class="en">The station is starting…</p>')
  const seconds = Math.round(state.delayMs / 1000)
  return page(
    '影站的工作站程序没有运行',
    `<p>${seconds} 秒后自动重试。工作站程序最后说：</p>
<pre>${escapeHtml(state.lastWords) || '（没有输出 / no output）'}</pre>
<p>如果反复出现，请检查端口是否被其他程序占用、磁盘是否已满，并把日志交给技术人员：<br>${escapeHtml(logFile)}</p>
<p class="en">The station is not running; trying again in ${seconds} s. Its last words are above. If this keeps happening, check whether
another program holds the port and whether the disk is full, and hand the log to whoever looks after this computer.</p>`,
  )
}
