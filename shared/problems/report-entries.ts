import type { ProblemEntry } from './problem-entry.ts'

/** What can be wrong with a report, its key images, its marks and what it is written with. */
export const reportProblems = {
  'REPORT-STEP': {
    status: 409,
    message: '报告现在是“{state}”，不能{step}',
    action: '请刷新后查看当前状态',
    english: 'The report is {state} now; it is not possible to {step} it.',
    englishAction: 'Refresh and look at its present state.',
  },
  'KEY-IMAGE': {
    status: 422,
    message: '第 {number} 幅关键图像不能用：{why}',
    action: '请把它从报告图像中移除，或重新选取',
    english: 'Key image {number} cannot be used.',
    englishAction: 'Take it out of the key images of the report, or choose it again.',
  },
  'REPORT-OWN-AUDIT': {
    status: 409,
    message: '审核人与书写人是同一人',
    action: '请由另一位医师审核；单人诊所可在“设置 - 基本”中打开“单人诊所”',
    english: 'The writer may not approve the own report.',
    englishAction:
      'Another doctor approves it; a clinic with one doctor can switch on “One-doctor clinic” in “Settings - General”.',
  },
  'INK-UNUSABLE': {
    status: 400,
    message: '这张图片不能用：{why}',
    action: '请用白纸黑字的签名或标志，拍照或扫描后存成 PNG 或 JPEG（不超过 1 MB）再上传',
    english: 'This picture cannot be used on papers: {why}.',
    englishAction:
      'Take a signature or logo in black on white paper, photograph or scan it, save it as PNG or JPEG (at most 1 MB) and upload that.',
  },
  'REPORT-NOT-RELEASED': {
    status: 409,
    message: '报告尚未发布',
    action: '请先审核并发布',
    english: 'The report is not released yet.',
    englishAction: 'Approve and release it first.',
  },
  'REPORT-LOCKED': {
    status: 409,
    message: '{name}从 {since} 起正在书写这份报告',
    action: '请等其写完，或点“接过来写”（留痕，对方会看到）',
    english: '{name} has been writing this report since {since}.',
    englishAction: 'Wait until they have finished, or press “Take over” (it is recorded, and they will see it).',
  },
  'REPORT-NEWER': {
    status: 409,
    message: '这份报告在 {at} 已由{name}保存过新的内容',
    action: '您的文字没有丢：请查看新内容，合并后再保存',
    english: '{name} saved newer text at {at}; yours was not written over it.',
    englishAction: 'Your text is not lost: look at the new text, bring both together, then save.',
  },
  'REPORT-CHECK-STOP': {
    status: 409,
    message: '报告里有必须先改的地方：{detail}',
    action: '请按标出的位置修改后再提交',
    english: 'The report cannot be submitted like this: {detail}',
    englishAction: 'Change the places that are marked, then submit.',
  },
  'REPORT-CHECK-CONFIRM': {
    status: 409,
    message: '报告里有需要您确认的地方：{detail}',
    action: '请逐条核对；修改，或确认无误后再提交（确认会留痕）',
    english: 'Please confirm: {detail}',
    englishAction:
      'Go through them one by one; change them, or confirm that they are right and submit (confirming is recorded).',
  },
  'CRITICAL-NOT-MARKED': {
    status: 409,
    message: '这份报告没有标为危急值',
    action: '请先在报告上勾选“危急值”并保存，再记录通知',
    english: 'The report is not marked as critical.',
    englishAction: 'Mark the report as “Critical value” and save it first, then record who was told.',
  },
  'CRITICAL-TIME': {
    status: 400,
    message: '通知时间在将来，或早于登记',
    action: '请填写实际通知的时间',
    english: 'The time of the notice cannot be right.',
    englishAction: 'Give the time when the notice was really made.',
  },
  'TEMPLATE-FOREIGN': {
    status: 403,
    message: '这是{owner}的共享{what}，您不能改或删',
    action: '请由作者或管理员修改；也可以另存一份自己的再改',
    english: 'This is shared by {owner}; only its owner or an administrator may change it.',
    englishAction: 'Its author or an administrator can change it; or save a copy of your own and change that.',
  },
  'REPORT-MISSING': {
    status: 409,
    message: '还没有报告',
    action: '请先书写并保存',
    english: 'There is no report yet.',
    englishAction: 'Write and save it first.',
  },
} as const satisfies Record<string, ProblemEntry>
