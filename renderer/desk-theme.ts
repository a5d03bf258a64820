import { type ThemeConfig, theme } from 'antd'
import type { Appearance } from './shell/appearance.tsx'

export const fontFamily =
  '"Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

/** The compact algorithm takes the next smaller size: 14 pixels are read, 16 and 18 where letters are big. */
const sizes = {
  normal: { fontSize: 16, controlHeight: 34, itemHeight: 38 },
  big: { fontSize: 18, controlHeight: 38, itemHeight: 44 },
  huge: { fontSize: 20, controlHeight: 42, itemHeight: 50 },
} as const

const light = {
  token: {
    colorPrimary: '#0b6e8f',
    colorInfo: '#0b6e8f',
    colorInfoBg: '#eaf4f8',
    colorInfoBorder: '#b5d8e5',
    colorLink: '#0b6e8f',
    // antd's own greys and tags are too light for tired eyes: 4.5 : 1 at least (WCAG 2.2, 1.4.3).
    colorTextDescription: '#5c6b76',
    colorTextTertiary: '#5c6b76',
    colorTextPlaceholder: '#697782',
    colorError: '#cf1322',
    'green-7': '#237804',
    green7: '#237804',
    'orange-7': '#ad4e00',
    orange7: '#ad4e00',
    'gold-7': '#874d00',
    gold7: '#874d00',
    'cyan-7': '#006d75',
    cyan7: '#006d75',
    'red-7': '#a8071a',
    red7: '#a8071a',
    'volcano-7': '#ad2102',
    volcano7: '#ad2102',
    'lime-7': '#3f6600',
    lime7: '#3f6600',
  },
  button: {},
  chosen: {},
  table: { colorTextDisabled: '#5c6b76', headerBg: '#f3f6f8', rowHoverBg: '#eef6f9' },
  menu: { itemSelectedBg: '#e3f0f5' },
  layout: { bodyBg: '#f3f5f7', siderBg: '#ffffff' },
} as const

/** For the reading room: nothing brighter than the images. */
const dark = {
  token: {
    colorPrimary: '#2a93b5',
    colorInfo: '#2a93b5',
    colorLink: '#5cc0df',
    colorBgBase: '#12181d',
    colorTextBase: '#e6edf3',
    colorBgContainer: '#1a2228',
    colorBgElevated: '#212b32',
    colorTextDescription: '#a9b7c2',
    colorTextTertiary: '#a9b7c2',
    colorError: '#ff7875',
    colorTextPlaceholder: '#94a3ae',
  },
  button: { colorPrimary: '#1c7896', colorPrimaryHover: '#2388a9', colorPrimaryActive: '#17657f' },
  chosen: { colorPrimary: '#5cc0df' },
  table: { colorTextDisabled: '#a9b7c2', headerBg: '#212b32', rowHoverBg: '#1f3440' },
  menu: { itemSelectedBg: '#1f3440', itemBg: '#1a2228', itemSelectedColor: '#8ad4ec' },
  layout: { bodyBg: '#12181d', siderBg: '#1a2228' },
} as const

export function deskTheme({ theme: shade, size }: Appearance): ThemeConfig {
  const colours = shade === 'dark' ? dark : light
  const { fontSize, controlHeight, itemHeight } = sizes[size]
  return {
    algorithm: shade === 'dark' ? [theme.darkAlgorithm, theme.compactAlgorithm] : theme.compactAlgorithm,
    // Times, lamps and menus need no waves and slides on a clinic's slow computer.
    token: { fontFamily, fontSize, borderRadius: 6, controlHeight, motion: false, ...colours.token },
    components: {
      Table: {
        headerSplitColor: 'transparent',
        cellPaddingBlockSM: 7,
        cellPaddingInlineSM: 10,
        ...colours.table,
      },
      Menu: { itemHeight, itemMarginInline: 8, itemBorderRadius: 6, ...colours.menu },
      Form: { itemMarginBottom: 12, verticalLabelPadding: '0 0 2px', labelHeight: Math.round(fontSize * 1.5) },
      Layout: colours.layout,
      Button: colours.button,
      Tabs: colours.chosen,
      Radio: colours.chosen,
      Segmented: colours.chosen,
    },
  }
}
