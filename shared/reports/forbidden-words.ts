/**
 * What a report must not say until a clinic decides otherwise: words of blame, promises, and words that are no finding. A clinic edits the
 * list in its settings.
 */
export const defaultForbiddenWords: readonly string[] = [
  '误诊',
  '漏诊',
  '医疗事故',
  '医疗纠纷',
  '百分之百',
  '绝对没有',
  '绝对不会',
  '保证治愈',
  '肯定没事',
  '没有问题',
  '大概是',
  '好像是',
  '差不多',
  '不知道',
  '看不清楚',
]
