import { describe, expect, test } from 'vitest'
import { readIdentityCard } from '../../renderer/clinic/read-identity-card.ts'
import {
  type Burst,
  characterOf,
  isMachineTyping,
  nextBurst,
  type TypedKey,
} from '../../renderer/components/fast-typing.ts'

const key = (part: Partial<TypedKey>): TypedKey => ({
  key: '',
  code: '',
  shift: false,
  modified: false,
  repeat: false,
  at: 0,
  ...part,
})
const typed = (text: string, gap: number): Burst | undefined =>
  [...text].reduce<Burst | undefined>(
    (burst, character, index) =>
      nextBurst(
        burst,
        key({ key: character === '\n' ? 'Enter' : character === '\t' ? 'Tab' : character, at: index * gap }),
      ),
    undefined,
  )

describe('typing faster than a person', () => {
  test('is a machine, and its text is whole with Enter and Tab inside', () => {
    const burst = typed('DR2611210007\t张三\n', 4)
    expect(burst?.text).toBe('DR2611210007\t张三\n')
    expect(isMachineTyping(burst!)).toBe(true)
    expect(isMachineTyping(typed('DR2611210007', 29)!)).toBe(true)
  })

  test('a person’s typing is none, however fluent, and neither are two keys that roll into each other', () => {
    expect(isMachineTyping(typed('DR2611210007', 49)!)).toBe(false)
    expect(typed('DR2611210007', 90)?.text).toBe('7')
    expect(isMachineTyping(typed('as', 10)!)).toBe(false)
    expect(isMachineTyping(typed('12', 10)!)).toBe(false)
  })

  test('a key that is held down and a shortcut end it', () => {
    const burst = typed('123456', 5)
    expect(nextBurst(burst, key({ key: '6', repeat: true, at: 30 }))).toBeUndefined()
    expect(nextBurst(burst, key({ key: 'v', modified: true, at: 30 }))).toBeUndefined()
    expect(nextBurst(burst, key({ key: 'ArrowDown', code: 'ArrowDown', at: 30 }))).toBeUndefined()
  })

  test('Shift, which readers hold for capitals, does not interrupt', () => {
    const burst = nextBurst(typed('1234', 5), key({ key: 'Shift', code: 'ShiftLeft', shift: true, at: 20 }))
    expect(nextBurst(burst, key({ key: 'X', code: 'KeyX', shift: true, at: 24 }))?.text).toBe('1234X')
  })

  test('with a Chinese input method switched on keys are read by their place', () => {
    expect(characterOf(key({ key: 'Process', code: 'Digit2' }))).toBe('2')
    expect(characterOf(key({ key: 'Process', code: 'Numpad7' }))).toBe('7')
    expect(characterOf(key({ key: 'Process', code: 'KeyX', shift: true }))).toBe('X')
    expect(characterOf(key({ key: '，', code: 'Comma' }))).toBe(',')
    expect(characterOf(key({ key: 'Process', code: 'Backslash', shift: true }))).toBe('|')
    expect(characterOf(key({ key: '张', code: '' }))).toBe('张')
    expect(characterOf(key({ key: 'F5', code: 'F5' }))).toBeUndefined()
  })
})

describe('an identity card', () => {
  const number = '11010519491231002X'

  test('is known by the number alone, with the sex and birth date that it holds', () => {
    expect(readIdentityCard(`${number.toLowerCase()}\n`)).toEqual({
      identity: { kind: 'resident', number },
      sex: 'F',
      birthDate: '1949-12-31',
    })
  })

  const whole = {
    identity: { kind: 'resident', number },
    name: '李桂兰',
    sex: 'F',
    birthDate: '1949-12-31',
    nation: '满',
    address: '北京市朝阳区建国路93号院2号楼',
  }
  test.each([
    ['tabs', `李桂兰\t女\t满\t19491231\t北京市朝阳区建国路93号院2号楼\t${number}\n`],
    ['bars, the number first', `${number}|李桂兰|女|满族|1949-12-31|北京市朝阳区建国路93号院2号楼`],
    ['commas', `李桂兰,女,满,1949年12月31日,北京市朝阳区建国路93号院2号楼,${number}`],
    [
      'lines with labels',
      `姓名：李桂兰\n性别：女\n民族：满\n出生：19491231\n住址：北京市朝阳区建国路93号院2号楼\n公民身份号码：${number}\n`,
    ],
    [
      'the office and its dates too',
      `李桂兰|女|满|19491231|北京市朝阳区建国路93号院2号楼|${number}|北京市公安局朝阳分局|20150101|长期`,
    ],
    [
      'escapes',
      `\\u674E\\u6842\\u5170|\\u5973|\\u6EE1|19491231|\\u5317\\u4EAC\\u5E02\\u671D\\u9633\\u533A\\u5EFA\\u56FD\\u8DEF93\\u53F7\\u96622\\u53F7\\u697C|${number}`,
    ],
  ])('is read with its fields between %s', (_, text) => {
    expect(readIdentityCard(text)).toEqual(whole)
  })

  test('names of minorities and rare characters stay whole', () => {
    expect(readIdentityCard(`买买提·吐尔逊|男|维吾尔|${number}`)?.name).toBe('买买提·吐尔逊')
    expect(readIdentityCard(`𬭎䶮\t女\t汉\t${number}`)?.name).toBe('𬭎䶮')
    expect(readIdentityCard(`白水\t女\t白\t${number}`)).toMatchObject({ name: '白水', nation: '白' })
  })

  test('a wrong check character is still a card: the form says what is wrong with it', () => {
    const card = readIdentityCard('李桂兰|女|19491231|110105194912310021')
    expect(card).toMatchObject({ identity: { number: '110105194912310021' }, sex: 'F', birthDate: '1949-12-31' })
  })

  test('cards of people from abroad tell their kind', () => {
    expect(readIdentityCard('810000199408230021')?.identity.kind).toBe('residence-permit')
    expect(readIdentityCard('911124198108030024')?.identity.kind).toBe('foreign-permanent-residence')
    expect(readIdentityCard('ALIM ALIOUNE|M|FRA110015022102|19710515')).toEqual({
      identity: { kind: 'foreign-permanent-residence', number: 'FRA110015022102' },
      name: 'ALIM ALIOUNE',
      sex: 'M',
      birthDate: '1971-05-15',
    })
    expect(readIdentityCard('WANG XIAOMING|M|H1234567890|19800101')).toMatchObject({
      identity: { kind: 'hong-kong-macau-permit', number: 'H1234567890' },
      name: 'WANG XIAOMING',
      sex: 'M',
      birthDate: '1980-01-01',
    })
    expect(readIdentityCard('SMITH JOHN\tM\t1980-01-01\tE12345678')?.identity.kind).toBe('passport')
    expect(readIdentityCard('MUELLER HANS|M|1234|19710515')).toBeUndefined()
  })

  test('other barcodes are none', () => {
    for (const text of ['DR2611210007', 'P00000123', '6901234567892', '123456789012345678', '张三', '', 'E12345678'])
      expect(readIdentityCard(text)).toBeUndefined()
  })
})
