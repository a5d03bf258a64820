import type { IdentityKind, PatientSex } from '../../shared/models/patient.ts'
import { checkResidentNumber } from '../../shared/text/identity-number.ts'
import { readBirthDate } from './read-birth-date.ts'

/** What a card reader told; a part that it did not tell is absent. */
export type IdentityCard = {
  readonly identity: { readonly kind: IdentityKind; readonly number: string }
  readonly name?: string
  readonly sex?: PatientSex
  /** 'YYYY-MM-DD'. */
  readonly birthDate?: string
  readonly nation?: string
  readonly address?: string
}

/** The 55 nations whose short names readers write without 族; 汉 is most of all. */
const nations = new Set(
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'.split(
    ' ',
  ),
)

const labels =
  /^(姓名|性别|民族|出生日期|出生|生日|住址|地址|公民身份号码|身份证号码|身份证号|证件号码|号码|签发机关|有效期限|有效期)\s*[:：]?\s*/
const sexes: Readonly<Record<string, PatientSex>> = { 男: 'M', 男性: 'M', M: 'M', 女: 'F', 女性: 'F', F: 'F' }

/** '\u5F20\u4E09' as readers without a Chinese keyboard write it. */
function withoutEscapes(text: string): string {
  return text.replace(/\\u\{?([0-9a-fA-F]{4})\}?/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** 18 characters with a day in their middle: a number of GB 11643, even where its check character is wrong. */
const isResidentNumber = (text: string) =>
  /^[1-9]\d{16}[\dXx]$/.test(text) && readBirthDate(text.slice(6, 14)) !== undefined

/** The kind that a number's own shape tells; undefined where a plain number says too little. */
export function kindOfNumber(text: string): IdentityKind | undefined {
  const number = text.toUpperCase()
  if (isResidentNumber(number)) {
    if (/^8[123]0000/.test(number)) return 'residence-permit'
    return number.startsWith('9') ? 'foreign-permanent-residence' : 'resident'
  }
  if (/^[A-Z]{3}\d{12}$/.test(number)) return 'foreign-permanent-residence'
  if (/^[HM](\d{8}|\d{10})$/.test(number)) return 'hong-kong-macau-permit'
  if (/^(E[A-HJ-NP-Z\d]\d{7}|[DEGPS]\d{8})$/.test(number)) return 'passport'
  return undefined
}

const isAddress = (text: string) => text.length >= 6 && /[省市区县旗州盟乡镇村路街道巷号栋]/u.test(text)
const isIssuer = (text: string) => /(公安局|分局|派出所|移民管理局|出入境管理局)$/u.test(text)
const isName = (text: string) =>
  /^[\p{Script=Han}·•・‧.．\s]{2,30}$/u.test(text) || /^[A-Za-z][A-Za-z' ,.-]{1,60}$/.test(text)

/**
 * Reads what a card reader types as a keyboard: the number alone, or fields in any order between tabs, line ends, commas, '|' or ';',
 * with or without labels, Chinese as it is or as \uXXXX. Undefined: this is no identity card. A number alone must be of 18 characters with
 * a day in it; other documents are believed only beside a name.
 */
export function readIdentityCard(typed: string): IdentityCard | undefined {
  const parts = withoutEscapes(typed)
    .split(/[\t\r\n|;；,，]+/)
    .map((part) => part.replace(labels, '').trim())
    .filter((part) => part !== '' && part !== '#' && part !== '长期')
  const numbers = parts.filter((part) => kindOfNumber(part) !== undefined)
  const number = numbers.find(isResidentNumber) ?? numbers[0]
  const kind = number && kindOfNumber(number)
  if (!number || !kind) return undefined
  const rest = parts.filter((part) => part !== number)
  const name = rest.find((part) => isName(part) && !isNation(part) && !sexes[part] && !isIssuer(part) && !isPlace(part))
  if (name === undefined && !isResidentNumber(number)) return undefined

  const check = checkResidentNumber(number)
  const days = rest.flatMap((part) => readBirthDate(part) ?? [])
  const sexWord = rest.find((part) => sexes[part.toUpperCase()] !== undefined)
  // The number is checked by its last character; what stands beside it is only believed where the number says nothing.
  const sex = check.ok ? check.sex : sexWord && sexes[sexWord.toUpperCase()]
  const birthDate = check.ok ? check.birthDate : days[0]
  const nation = rest.find(isNation)
  const address = rest.filter((part) => part !== name && !isIssuer(part)).find(isAddress)
  return {
    identity: { kind, number: number.toUpperCase() },
    ...(name && { name: name.replace(/\s+/g, ' ') }),
    ...(sex && { sex }),
    ...(birthDate && { birthDate }),
    ...(nation && { nation: nation.replace(/族$/u, '') }),
    ...(address && { address }),
  }

  /** A short name that is also a nation (白, 水) is none when another part stands for the nation. */
  function isNation(part: string): boolean {
    return nations.has(part) || (part.endsWith('族') && nations.has(part.slice(0, -1)))
  }
  function isPlace(part: string): boolean {
    return part.length >= 6 && isAddress(part)
  }
}
