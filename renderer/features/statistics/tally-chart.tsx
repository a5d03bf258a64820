import { theme } from 'antd'
import { BarChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { Tally } from '../../../shared/models/board.ts'

use([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer])

type Props = {
  readonly tallies: readonly Tally[]
  readonly label: string
  /** Of the two series: all exams, and those whose report is released. */
  readonly names: { readonly exams: string; readonly released: string }
  /** Days go from left to right, names from top to bottom. */
  readonly over: 'days' | 'names'
}

/** Exams and released reports of each tally. In a chunk of its own: who never opens the statistics never loads it. */
export function TallyChart({ tallies, label, names, over }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const { token } = theme.useToken()
  useEffect(() => {
    const element = place.current
    if (!element) return
    const chart = init(element)
    const words = { color: token.colorText, fontFamily: token.fontFamily }
    const line = { lineStyle: { color: token.colorBorder } }
    const categories = {
      type: 'category' as const,
      data: tallies.map(({ name, key }) => (over === 'days' ? key.slice(5) : name || key)),
      axisLabel: { ...words, ...(over === 'names' && { width: 110, overflow: 'truncate' as const }) },
      axisLine: line,
      axisTick: { show: false },
      ...(over === 'names' && { inverse: true }),
    }
    const values = { type: 'value' as const, minInterval: 1, axisLabel: words, splitLine: line }
    chart.setOption({
      aria: { enabled: true, label: { description: label }, decal: { show: true } },
      animation: false,
      color: [token.colorPrimary, token.colorSuccess],
      textStyle: words,
      tooltip: { trigger: 'axis' },
      legend: { textStyle: words, top: 0 },
      grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
      ...(over === 'days' ? { xAxis: categories, yAxis: values } : { xAxis: values, yAxis: categories }),
      series: (['exams', 'released'] as const).map((what) => ({
        name: names[what],
        type: 'bar' as const,
        barMaxWidth: 22,
        data: tallies.map((tally) => tally[what]),
      })),
    })
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [tallies, label, names, over, token])
  const height = over === 'days' ? 260 : Math.max(160, 60 + tallies.length * 34)
  return <div ref={place} className="tally-chart" style={{ height }} role="img" aria-label={label} />
}
