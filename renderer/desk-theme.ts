import { type ThemeConfig, theme } from 'antd'

export const fontFamily =
  '"Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

export const deskTheme: ThemeConfig = {
  algorithm: theme.compactAlgorithm,
  // Times, lamps and menus need no waves and slides on a clinic's slow computer.
  token: {
    fontFamily,
    fontSize: 14,
    colorPrimary: '#0b6e8f',
    colorInfo: '#0b6e8f',
    colorLink: '#0b6e8f',
    borderRadius: 6,
    controlHeight: 32,
    motion: false,
  },
  components: {
    Table: { headerBg: '#f3f6f8', headerSplitColor: 'transparent', rowHoverBg: '#eef6f9', cellPaddingBlockSM: 7 },
    Menu: { itemHeight: 38, itemMarginInline: 8, itemBorderRadius: 6 },
    Form: { itemMarginBottom: 12, verticalLabelPadding: '0 0 2px', labelHeight: 24 },
    Layout: { bodyBg: '#f3f5f7', siderBg: '#ffffff' },
  },
}
