import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { personNameValue, pinyinInitials, pinyinOf, readPersonName } from '../../shared/text/person-name.ts'

describe('a name in pinyin', () => {
  test.each([
    ['张三', 'ZHANG SAN', 'ZS'],
    ['张三丰', 'ZHANG SANFENG', 'ZSF'],
    ['欧阳娜娜', 'OUYANG NANA', 'OYNN'],
    ['欧阳', 'OU YANG', 'OY'],
    ['尉迟敬德', 'YUCHI JINGDE', 'YCJD'],
    ['单雄信', 'SHAN XIONGXIN', 'SXX'],
    ['曾国藩', 'ZENG GUOFAN', 'ZGF'],
    ['仇英', 'QIU YING', 'QY'],
    ['解晓东', 'XIE XIAODONG', 'XXD'],
    ['朴树', 'PIAO SHU', 'PS'],
    ['吕布', 'LYU BU', 'LB'],
    ['阿卜杜拉·买买提', 'ABUDULA MAIMAITI', 'ABDLMMT'],
    ['阿卜杜拉•买买提', 'ABUDULA MAIMAITI', 'ABDLMMT'],
    ['张䶮', 'ZHANG YAN', 'ZY'],
    ['㛃𬭎', 'JIE HONG', 'JH'],
    ['李 四', 'LI SI', 'LS'],
    ['王Lily', 'WANG LILY', 'WL'],
  ])('%s is %s, found by %s', (name, pinyin, initials) => {
    expect(pinyinOf(name)).toBe(pinyin)
    expect(pinyinInitials(name)).toBe(initials)
  })

  test('a character without a known reading leaves an X, so that nobody takes the rest for the whole name', () => {
    expect(pinyinOf('张𠀀')).toBe('ZHANG X')
  })

  test('a Latin name stays as it is', () => {
    expect(pinyinOf('Smith  John')).toBe('Smith John')
    expect(pinyinInitials('Smith John')).toBe('SJ')
  })

  test('is never empty, and of a Chinese name only letters of the default repertoire and spaces', () => {
    const chinese = fc.string({
      unit: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((c) => String.fromCodePoint(c)),
      minLength: 1,
    })
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(pinyinOf(name)).not.toBe('')
      }),
    )
    fc.assert(
      fc.property(chinese, (name) => {
        expect(pinyinOf(name)).toMatch(/^[A-Z ]+$/)
      }),
    )
  })
})

describe('PatientName on the wire', () => {
  test.each([
    [{ name: '张三' }, 'Zhang^San=张^三'],
    [{ name: '张三丰', namePinyin: 'ZHANG SANFENG' }, 'Zhang^Sanfeng=张^三丰'],
    [{ name: '欧阳娜娜' }, 'Ouyang^Nana=欧阳^娜娜'],
    [{ name: '阿卜杜拉·买买提' }, 'Abudula Maimaiti=阿卜杜拉·买买提'],
    [{ name: '买买提·吐尔逊', namePinyin: 'MAMAT TURSUN' }, 'Mamat Tursun=买买提·吐尔逊'],
    [{ name: 'Smith John' }, 'Smith^John'],
    [{ name: 'José Núñez' }, 'Jose^Nunez'],
    [{ name: '张' }, 'Zhang=张'],
    [{ name: '' }, 'X'],
    [{ name: '李^四\\' }, 'Li^Si=李^四'],
  ])('of %j is %s', (patient, pn) => {
    expect(personNameValue(patient)).toBe(pn)
  })

  test('the family name that staff wrote in pinyin divides the Chinese name too', () => {
    expect(personNameValue({ name: '乐正华' })).toMatch(/=乐\^正华$/)
    expect(personNameValue({ name: '乐正华', namePinyin: 'YUEZHENG HUA' })).toBe('Yuezheng^Hua=乐正^华')
  })

  test('each group is 64 characters at most, and delimiters never come from the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 32 }), (name) => {
        const groups = personNameValue({ name }).split('=')
        expect(groups.length).toBeLessThanOrEqual(2)
        expect(groups[0]).toMatch(/^[\x20-\x5b\x5d-\x7e]{1,64}$/)
        for (const group of groups) {
          expect(group.length).toBeLessThanOrEqual(64)
          expect(group.split('^').length).toBeLessThanOrEqual(2)
        }
      }),
      { examples: [['я'], ['、'], ['\u0000'], ['^=\\'], ['']], numRuns: 500 },
    )
  })

  test('is read back as the name it was made from', () => {
    for (const name of ['张三', '欧阳娜娜', '阿卜杜拉·买买提', '张䶮']) {
      expect(readPersonName(personNameValue({ name }))).toMatchObject({ ideographic: name, display: name })
    }
  })

  test.each([
    ['ZHANG^SAN', { alphabetic: 'ZHANG SAN', ideographic: '', display: 'ZHANG SAN' }],
    ['Zhang^San=张^三=', { alphabetic: 'Zhang San', ideographic: '张三', display: '张三' }],
    ['张^三', { alphabetic: '', ideographic: '张三', display: '张三' }],
    ['=张三', { alphabetic: '', ideographic: '张三', display: '张三' }],
    ['', { alphabetic: '', ideographic: '', display: '' }],
  ])('%j as devices write it is read as %j', (pn, read) => {
    expect(readPersonName(pn)).toEqual(read)
  })
})
