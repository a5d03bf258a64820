import { type ThemeConfig, theme } from 'antd'

export const fontFamily =
  '"Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

export const deskTheme: ThemeConfig = {
  algorithm: theme.compactAlgorithm,
  // Times, lamps and menus need no waves and slides on a clinic's slow computer.
  token: {
    fontFamily,
    // The compact algorithm takes the next smaller size: 14 pixels are read.
    fontSize: 16,
    colorPrimary: '#0b6e8f',
    colorInfo: '#0b6e8f',
    colorInfoBg: '#eaf4f8',
    colorInfoBorder: '#b5d8e5',
    colorLink: '#0b6e8f',
    borderRadius: 6,
    controlHeight: 34,
    motion: false,
  },
  components: {
    Table: {
      headerBg: '#f3f6f8',
      headerSplitColor: 'transparent',
      rowHoverBg: '#eef6f9',
      cellPaddingBlockSM: 7,
      cellPaddingInlineSM: 10,
    },
    Menu: { itemHeight: 38, itemMarginInline: 8, itemBorderRadius: 6, itemSelectedBg: '#e3f0f5' },
    Form: { itemMarginBottom: 12, verticalLabelPadding: '0 0 2px', labelHeight: 24 },
    Layout: { bodyBg: '#f3f5f7', siderBg: '#ffffff' },
  },
}
