import { aimisCodeTable } from './aimis/code-table.ts'
import { aimisCalls } from './aimis/fields.ts'
import { patientStudiesFields, statusCallbackFields } from './aimis/internet-hospital-fields.ts'
import * as jilinFields from './jilin/fields.ts'
import { patientExamFields } from './jilin/patient-exam-fields.ts'

/** What servers say about requests, beside the names and labels of fields. Words only: no character that stands alone in names. */
const common = `
入参 参数 不规范 授权 校验 失败 成功 操作 上传 下载 查询 查询到 未查询到 数据 获取 返回 请求 响应 服务 服务器 系统 内部 异常 错误 有误 出错 无效 非法
为空 不能为空 不可为空 不允许 必填 必传 必须 缺少 缺失 没有 未传 未填 填写 传入 格式 不正确 不合法 不符 不符合 不匹配 不一致 不存在 不支持 不可 不能 无法
已存在 已经 重复 长度 超长 超出 超过 过长 过大 最大 最多 最小 限制 上限 范围 之内 类型 取值 字段 字典 代码 编码 编号 号码 名称 文件 图像 影像 影像云 报告 对应
对照 标准 项目 检查 检查号 检查所见 检查印象 患者 姓名 医师 医生 科室 机构 医院 平台 组织 时间 日期 时间戳 过期 签名 令牌 密钥 解密 加密 身份证 证件 手机号 电话 性别
年龄 出生 生日 单位 状态 审核 发布 登记 索引 序列 实例 连续 次数 过多 等待 分钟 重新 稍后 重试 联系 管理员 单日 业务方 本医院 非本医院 未上传 进行 对账 云端 上报
字节 汉字 一个 接口 规定 数组 对象 对象中 列表 文本 整数 应为 应有 且仅有 表单 校验位 该项目 未与 训练 故障 超时 繁忙 暂时 不可用 维护 请稍后 后再 其他 未知 原因 提示 信息
`

/** Servers and DICOM peers (PS3.7, ErrorComment) also speak English. Words that are names in pinyin too (an, can, long) are not here. */
const asciiWords = `
a and any are at bad be by cannot could data for from has have in into is it more must no not of on one only or out than that the this to too was with
null undefined json http https dicom pdf token uid sm2 aes id code msg message error errors failed failure invalid missing required parameter parameters field value length type
format request response found exist exists existing short large small many already duplicate unknown unexpected unable internal server service timeout time date busy try again later
sop class instance study series image images patient name accession number modality transfer syntax set element tag attribute resources resource memory disk space full storage store
database match mismatch understand understood supported unsupported refused rejected denied permission authorized unauthorized expired signature timestamp header body empty DX CT MR US
`

/** Lone characters that say how words hang together and begin no name. */
const joints = new Set([...'的与或请'])

let known:
  | { readonly han: ReadonlySet<string>; readonly longest: number; readonly ascii: ReadonlySet<string> }
  | undefined

/**
 * A server's words with everything left out that is not the vocabulary of both protocols: a name that we never sent in this call (the
 * server knows it from another) looks like any other word, so only known words stay. What is left out becomes '*'.
 */
export function knownWordsOnly(text: string): string {
  known ??= vocabulary()
  const { ascii } = known
  return text
    .replace(/(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_]*/g, (word) => (ascii.has(word.toLowerCase()) ? word : '*'))
    .replace(/\p{Script=Han}+/gu, knownHan)
    .replace(/[^\p{ASCII}\p{Script=Han}\p{P}\s]+/gu, '*')
    .replace(/\*(?:[\s*·]*\*)*/g, '*')
}

function knownHan(run: string): string {
  const { han, longest } = known ?? vocabulary()
  let kept = ''
  let at = 0
  while (at < run.length) {
    let length = Math.min(longest, run.length - at)
    while (length > 1 && !han.has(run.slice(at, at + length))) length -= 1
    const piece = run.slice(at, at + length)
    kept += length > 1 || joints.has(piece) ? piece : '*'
    at += length
  }
  return kept
}

function vocabulary() {
  const tables: readonly (readonly { readonly name: string; readonly label: string }[])[] = [
    ...Object.values(aimisCalls),
    ...Object.values(jilinFields),
    patientStudiesFields,
    statusCallbackFields,
    patientExamFields,
  ]
  const fields = tables.flat()
  const told = [...fields.map(({ label }) => label), ...Object.values(aimisCodeTable).map(([zh]) => zh), common]
  const han = new Set(told.flatMap((text) => text.match(/\p{Script=Han}{2,}/gu) ?? []))
  const ascii = new Set(
    [...fields.map(({ name }) => name), ...asciiWords.trim().split(/\s+/)].map((word) => word.toLowerCase()),
  )
  return { han, longest: Math.max(...[...han].map((word) => word.length)), ascii }
}
