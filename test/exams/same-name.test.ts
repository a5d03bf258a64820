import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareName } from '../../electron/station/exams/same-name.ts'
import { personNameValue, pinyinOf } from '../../shared/text/person-name.ts'

const registered = (name: string, namePinyin = pinyinOf(name)) => ({ name, namePinyin })

test.each([
  [
    '张伟',
    ['Zhang^Wei', 'ZHANG WEI', 'zhangwei', 'Wei^Zhang', 'WEI, ZHANG', 'Zhāng^Wěi', 'ZHANG1 WEI3', 'ＺＨＡＮＧ^ＷＥＩ'],
  ],
  ['吕绿', ['LYU^LYU', 'LV^LV', 'LU^LU', 'Lǚ^Lǜ', 'Lü^Lü', 'LU:^LU:']],
  ['单雄信', ['SHAN^XIONGXIN', 'DAN^XIONGXIN', 'Xiongxin^Shan', 'SHAN^XIONG^XIN']],
  ['解晓东', ['XIE^XIAODONG', 'JIE^XIAODONG']],
  ['仇和', ['QIU^HE', 'CHOU^HE']],
  ['曾国藩', ['ZENG^GUOFAN', 'CENG^GUOFAN', 'ZENG^GUO-FAN']],
  ['查良镛', ['ZHA^LIANGYONG', 'CHA^LIANGYONG']],
  ['欧阳娜娜', ['OUYANG^NANA', 'OU YANG^NANA', 'Nana^Ouyang', 'NANA OUYANG']],
  ['买买提·吐尔逊', ['MAIMAITI^TUERXUN', 'Tuerxun^Maimaiti', 'MAIMAITITUERXUN']],
  ['Smith John', ['Smith^John', 'JOHN SMITH']],
] as const)('%s is the same in every spelling that devices have', (name, spellings) => {
  for (const spelling of spellings) expect(compareName(spelling, registered(name)), spelling).toBe('same-letters')
})

test('Chinese characters decide, whatever the letters beside them say', () => {
  expect(compareName('Zhang^Wei=张^伟', registered('张伟'))).toBe('same-chinese')
  expect(compareName('张^伟', registered('张伟'))).toBe('same-chinese')
  expect(compareName('Xu^Duo=张^伟', registered('张伟'))).toBe('same-chinese')
  expect(compareName('Zhang^Wei=张^玮', registered('张伟'))).toBe('other-chinese')
  expect(compareName('张玮', registered('张伟'))).toBe('other-chinese')
  expect(compareName('WANG^FANG', registered('张伟'))).toBe('other-letters')
  expect(compareName('买买提•吐尔逊', registered('买买提·吐尔逊'))).toBe('same-chinese')
})

test('what cannot be read speaks for nobody and against nobody', () => {
  for (const found of ['', '^^^', '\uFFFD\uFFFD', '张\uFFFD', 'ÕÅÎ°', '????', '张?', '=', '123'])
    expect(compareName(found, registered('张伟')), found).toBe('unreadable')
  expect(compareName('Zhang^Wei=张^\uFFFD', registered('张伟'))).toBe('same-letters')
})

test('every name is the same as what our own worklist says of it', () => {
  const characters = fc.constantFrom(...'张王李单解仇曾查吕欧阳娜伟芳绿乐行重朝阳长佳子轩𪚥')
  const name = fc.array(characters, { minLength: 2, maxLength: 5 }).map((all) => all.join(''))
  fc.assert(
    fc.property(name, (one) => {
      const pn = personNameValue({ name: one })
      expect(compareName(pn, registered(one))).toBe('same-chinese')
      const letters = compareName(pn.split('=')[0]!, registered(one))
      expect(letters).toBe('same-letters')
    }),
    { numRuns: 2000 },
  )
})
