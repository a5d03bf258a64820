/**
 * Surnames of two characters. Left out on purpose are those that are more often a surname of one character and the beginning
 * of a given name (乐正, 谷梁, 段干, 梁丘, 南荣…); staff put such a name right by its pinyin, see person-name.ts.
 */
export const compoundSurnames: ReadonlySet<string> = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 ' +
    '仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 宰父 拓跋 夹谷 轩辕 令狐 百里 呼延 东郭 ' +
    '南门 羊舌 左丘 西门 第五 单于 淳于 即墨 达奚 纳兰 贺兰 完颜 叶赫 那拉 耶律 爱新 哥舒 阿史 尔朱 贺若 斛律 ' +
    '歐陽 東方 獨孤 諸葛 聞人 尉遲 公孫 仲孫 鍾離 長孫 鮮于 赫連 單于 納蘭 賀蘭 完顏 葉赫 濮陽 澹臺 軒轅 東郭 西門 南門'
  ).split(' '),
)
