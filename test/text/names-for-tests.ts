/** The same names in every run: what Chinese clinics register, with the rare and the mixed ones that break programs. */

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
]
const compound = ['欧阳', '司马', '上官', '诸葛', '尉迟', '皇甫', '令狐', '端木', '慕容']
const given = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅鹏辉建国志文斌婷宇浩然子轩梓涵欣怡思远佳琪俊晨雨泽睿诗海波春凤兵少东立新永康',
]
/** GBK but not GB 2312, traditional forms among them. */
const gbkOnly = [...'昇喆淼堃珺珮玥祎翀鎏頔犇瑀珩瀅鑫陞鎔嫚琇']
/** Outside GBK: CJK extensions A to E, and characters that came to the standard late. */
const rare = [...'䶮㛃㼆䅟䲟𬭊𬭎𪩘𫖯𠅤𬀩𫍽𬍛𬱖𮧵鿍鿃龴𰻝']
const parts = ['阿不都热依木', '买买提', '尼玛', '扎西', '古丽', '吐尔逊', '次仁', '卓玛', '艾合买提', '努尔', '巴特尔']
const latin = [
  'José Núñez',
  'Müller Hans',
  'SMITH JOHN',
  'Zoë Ångström',
  "O'Brien Mary",
  'Nguyen Van A',
  'François Lefèvre',
]

/** A linear congruential generator (Numerical Recipes): whole numbers below `below`. */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 0x1_0000_0000) * below)
  }
}

export type NameKind = 'plain' | 'compound' | 'gbk-only' | 'rare' | 'parts' | 'latin' | 'mixed'

export function namesForTests(count: number, seed = 1): readonly { readonly name: string; readonly kind: NameKind }[] {
  const roll = dice(seed)
  const one = <T>(from: readonly T[]): T => from[roll(from.length)]!
  const givenName = () => (roll(4) === 0 ? one(given) : one(given) + one(given))
  const nameOf = (kind: NameKind): string => {
    switch (kind) {
      case 'plain':
        return one(surnames) + givenName()
      case 'compound':
        return one(compound) + givenName()
      case 'gbk-only':
        return one(surnames) + one(gbkOnly) + (roll(2) ? one(given) : '')
      case 'rare':
        return one(surnames) + one(rare) + (roll(2) ? one(given) : '')
      case 'parts':
        return one(parts) + one(['·', '·', '•', '．']) + one(parts)
      case 'latin':
        return one(latin)
      case 'mixed':
        return one([
          `${one(surnames)}Lily`,
          `${one(surnames)} ${one(given)}`,
          one(surnames),
          `${one(surnames)}${one(given)}A`,
        ])
    }
  }
  return Array.from({ length: count }, () => {
    const kind = one<NameKind>(['plain', 'plain', 'plain', 'compound', 'gbk-only', 'rare', 'parts', 'latin', 'mixed'])
    return { kind, name: nameOf(kind) }
  })
}
