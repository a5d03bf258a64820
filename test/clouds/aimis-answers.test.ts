import { describe, expect, it } from 'vitest'
import { aimisCode, classifyAimis, studyUnknownCodes } from '../../shared/clouds/aimis/answers.ts'
import { aimisCodeTable } from '../../shared/clouds/aimis/code-table.ts'

/** 错误码, copied from the API document of 2023-07-31. */
const documented = `
0 请求成功
1 内部其他错误
100001 参数错误
100002 数据保存失败
100003 数据同步失败
100004 没有找到数据
10001 文件保存失败
10002 文件删除失败
10003 未找到数据
10004 数据重复
10005 数据不合法
20001 验证码错误
20002 验证码已过期
20003 今日获取验证码次数已达上限
20004 尝试次数已达上限
20005 账号身份验证已过期
20006 账号身份验证失败
20007 该账号在其他设备上登录，请重新登录
20008 该用户无权限
20009 分享链接已失效
20010 用户被禁用
20011 用户未绑定手机号
20012 该用户不是管理员
20013 用户已存在
20014 用户不存在
20015 该机构名称已被使用
20016 机构不存在
20017 分享需要密码或者密码不正确
20018 医联体名称已存在
20019 科室名称存在
20020 设备名称已存在
20021 设备类型名称已存在
20022 分享无权访问，请重新扫码
20023 医联体不存在
20024 科室不存在
20025 设备不存在
20026 设备类型不存在
20027 医生已存在
20028 医生不存在
20029 已提交过申请
20030 格式不合法
20031 必填参数为空
20032 无效企业微信userID
30001 查询报告失败
30002 检查ID不存在
30003 报告不存在
30004 报告已存在
30005 新建报告失败
30006 报告已被修改
30007 更新报告失败
30008 未找到该检查
30009 没有权限查看该检查
30010 报告被锁定
30011 无法解锁报告
30012 检查部位存在
30013 检查部位不存在
30014 检查项目存在
30015 检查项目不存在
40001 GenSig失败
40002 LIVEROOM查询失败
40003 LIVEROOM修改失败
40004 LIVEROOM取消失败
40005 LIVEROOM找不到
40006 LIVEROOM创建失败
40007 群聊创建失败
40008 会议已开始，修改失败
40009 会议已开始，取消失败
40010 填写会议总结锁定失败
40011 邀请专家的数量超过限制
50001 成员数达到最大限制
50002 成员不存在或没权限
50003 成员身份证号码错误
50004 成员扫码超过每日限制
50005 成员身份证号码错误
50006 成员身份证不匹配
60001 删除知识库内容失败
60002 文件夹已存在
60003 文本标题已存在
60004 文件夹名称或者文本标题不能为空
60005 该模块已经被删除
60006 超出层级限制
70001 患者查询失败
80001 用户查询失败
90001 无效 token
90002 无效签名
90003 超出最大获取次数`

const rows = documented
  .trim()
  .split('\n')
  .map((line) => [Number(line.slice(0, line.indexOf(' '))), line.slice(line.indexOf(' ') + 1)] as const)

const now = 1_772_676_000_000
const classify = (code: unknown, message = '', sent: unknown = {}, clockOffsetMs?: number, status = 200) =>
  classifyAimis({ status, body: { code, message } }, 'value', { now, sent, clockOffsetMs })

describe('the AIMIS error table', () => {
  it('has every code of the document with its words, and no other', () => {
    expect(rows).toHaveLength(86)
    for (const [code, text] of rows) expect([code, aimisCode(code)?.zh]).toEqual([code, text])
    expect(
      Object.keys(aimisCodeTable)
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(rows.map(([code]) => code).sort((a, b) => a - b))
  })

  it('gives each code but success a reason to quote and something to do', () => {
    for (const [code] of rows) {
      const outcome = classify(code)
      if (outcome.kind === 'done') continue
      expect(outcome.reason.code).toBe(`AIMIS-${code}`)
      expect(outcome.reason.action).not.toBe('')
    }
  })

  it.each([
    ['done', [0, 10004, 30004]],
    ['retry', [1, 100002, 100003, 10001]],
    ['fix-exam', [100001, 10005, 20030, 20031]],
    ['fix-settings', [90001, 90002, 20008, 20010]],
    ['wait-until', [90003]],
    ['unknown', [30002, 30008, 100004, 10003, 40001]],
  ])('answers %s to %j', (kind, codes) => {
    for (const code of codes) expect([code, classify(code).kind]).toEqual([code, kind])
  })

  it('notes that something was already there', () => {
    expect(classify(30004)).toMatchObject({
      kind: 'done',
      note: {
        chinese: '腾讯影像云回答：报告已存在（30004）',
        english: expect.stringMatching(/^Tencent AIMIS answered: .*30004/),
      },
    })
    expect(classify(0)).toEqual({ kind: 'done', value: 'value' })
  })

  it('knows the four ways of not knowing a study', () => {
    expect([...studyUnknownCodes].sort()).toEqual(['AIMIS-100004', 'AIMIS-10003', 'AIMIS-30002', 'AIMIS-30008'])
  })

  it('never takes another code, another type or another HTTP status for success', () => {
    expect(classify('0').kind).toBe('unknown')
    expect(classify(undefined).kind).toBe('unknown')
    expect(classify(200).kind).toBe('unknown')
    expect(classify(0, '', {}, undefined, 202).kind).toBe('unknown')
    expect(classify(0, '', {}, undefined, 502)).toMatchObject({ kind: 'retry', maybeReceived: true })
    expect(classify(12345, '参数格式错误')).toMatchObject({
      kind: 'unknown',
      reason: { message: '腾讯影像云回答：未列入文档的状态码（12345）：参数格式错误' },
    })
  })

  it('takes what we sent out of the words of the gateway', () => {
    const sent = { patientName: '王秀英', phoneNum: '13800138000', idCardNum: '11010519491231002X' }
    const outcome = classify(
      100001,
      '患者王秀英（11010519491231002X，13800138000）的 phoneNum 有误，另见 13912345678',
      sent,
    )
    const text = JSON.stringify(outcome)
    for (const personal of [...Object.values(sent), '13912345678']) expect(text).not.toContain(personal)
    expect(text).toContain('phoneNum 有误')
  })

  it('blames the clock where the signature is refused and the clocks differ', () => {
    expect(classify(90002, '', {}, 600_000)).toMatchObject({
      kind: 'fix-settings',
      reason: { message: '腾讯影像云回答：无效签名（90002）；本机时间比服务器慢约 10 分钟' },
    })
    expect(classify(90002, '', {}, 30_000)).toMatchObject({
      reason: { action: '请在设置中核对 appId、token 和签名编码' },
    })
  })
})
