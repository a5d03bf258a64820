import { describe, expect, it } from 'vitest'
import { serverWords } from '../../shared/clouds/server-words.ts'

describe('what a server says', () => {
  it.each([
    ['入参不规范：缺少检查印象', '入参不规范：缺少检查印象'],
    ['格式不合法：patientBirthday', '格式不合法：patientBirthday'],
    ['对账不一致：imageCnt 云端 2 上报 3', '对账不一致：imageCnt 云端 2 上报 3'],
    ['DICOM 文件与表单不一致：(0020,000e)', 'DICOM 文件与表单不一致：(0020,000e)'],
    ['Invalid parameter: phoneNum', 'Invalid parameter: phoneNum'],
  ])('%s stays', (said, kept) => {
    expect(serverWords(said, {})).toBe(kept)
  })

  it.each([
    ['患者王秀英已存在', '患者*已存在'],
    ['patient WANG XIUYING not found', 'patient*not found'],
    ['Long An^He: bad name', '*^*: bad name'],
    ['李四 13800138000 的身份证 11010519491231002X 不正确', '*的身份证 * 不正确'],
    ['欧阳小明的 phoneNum 有误', '*的 phoneNum 有误'],
    ['长春市朝阳区和平街 8 号', '* 8 *'],
  ])('a name that we never sent does not: %s', (said, kept) => {
    expect(
      serverWords(said, {})
        .replace(/\s*\*\s*/g, '*')
        .trim(),
    ).toBe(kept.replace(/\s*\*\s*/g, '*'))
  })

  it('takes out what was sent, even where it is made of known words', () => {
    expect(serverWords('检查所见：影像报告 有误', { imageDescription: '影像报告' })).toBe('检查所见：* 有误')
  })

  it('is nothing where it is no text', () => {
    expect(serverWords(undefined, {})).toBe('')
    expect(serverWords({ a: 1 }, {})).toBe('')
  })
})
