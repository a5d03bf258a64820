import { describe, expect, test } from 'vitest'
import { builtInTexts } from '../../electron/station/reports/built-in/built-in-texts.ts'
import { modalitySchema } from '../../shared/models/exam.ts'
import { reportDraftSchema } from '../../shared/models/report.ts'
import { checkReport } from '../../shared/reports/check-report.ts'
import { defaultForbiddenWords } from '../../shared/reports/forbidden-words.ts'
import { factsOf, keysOf } from './report-facts.ts'

const leftKnee = factsOf({ bodyPart: '左膝关节', itemName: '左膝关节正侧位' })
const woman = (years = 38) => factsOf({}, { sex: 'F', birthDate: `${2026 - years}-03-05` })

describe('the sides of a report', () => {
  test('are those of the request: the part itself on the other side only stops', () => {
    expect(keysOf({ findings: '右膝关节诸骨边缘骨质增生。', impression: '右膝关节退行性变。' }, leftKnee)).toEqual([
      'stop side-request:findings:右',
      'stop side-request:impression:右',
    ])
    expect(keysOf({ findings: '左膝关节诸骨边缘骨质增生。', impression: '左膝关节退行性变。' }, leftKnee)).toEqual([])
  })
  test('may be compared with the other side, which the doctor confirms', () => {
    expect(
      keysOf({ findings: '左膝关节间隙变窄，右膝关节为对照。', impression: '左膝关节退行性变。' }, leftKnee),
    ).toEqual(['warn side-request:findings:右'])
  })
  test('are not contradicted where the other side is only compared with or was not examined', () => {
    for (const words of [
      '左膝关节间隙变窄，对侧（右膝）未见异常。',
      '左膝关节间隙较右侧变窄。',
      '左膝关节肿胀，与右侧对比明显。',
      '左膝诸骨完整，右侧未摄片。',
    ])
      expect(keysOf({ findings: words }, leftKnee)).toEqual([])
    expect(keysOf({ findings: '左膝关节间隙变窄，右膝见骨赘。' }, leftKnee)).toEqual(['warn side-request:findings:右'])
  })

  test('are not contradicted by 双侧, nor by what only holds the characters', () => {
    expect(keysOf({ findings: '双侧膝关节间隙正常。' }, leftKnee)).toEqual([])
    expect(keysOf({ findings: '左膝关节右前斜位显示髌骨完整。' }, leftKnee)).toEqual([])
    expect(keysOf({ findings: '右心室饱满，左室舒末内径 50 mm。' }, factsOf({ bodyPart: '左侧胸部' }))).toEqual([])
  })
  test('of the impression stand in the findings too', () => {
    expect(keysOf({ findings: '右侧肋膈角变钝。', impression: '左侧胸腔积液。' })).toEqual([
      'warn side-texts:impression:左',
    ])
    expect(keysOf({ findings: '肺纹理清晰。', impression: '左侧胸腔积液。' })).toEqual([
      'warn side-texts:impression:左',
    ])
    expect(keysOf({ findings: '右侧肋膈角变钝。', impression: '双侧胸腔积液。' })).toEqual([
      'warn side-texts:impression:双侧',
    ])
    expect(keysOf({ findings: '双侧肋膈角变钝。', impression: '左侧胸腔积液。' })).toEqual([])
    expect(keysOf({ findings: '左侧、右侧肋膈角变钝。', impression: '双侧胸腔积液。' })).toEqual([])
    const lungs = '双肺纹理增多，左下肺见斑片影，双侧肋膈角锐利。'
    expect(keysOf({ findings: lungs, impression: '右下肺炎症。' })).toEqual(['warn side-texts:impression:右'])
    expect(keysOf({ findings: lungs, impression: '左下肺炎症。' })).toEqual([])
    expect(keysOf({ findings: '双肺多发斑片影，左心室增大。', impression: '右下肺炎症。' })).toEqual([])
  })
  test('follow the images where the request names none', () => {
    const images = factsOf({ bodyPart: '足', itemName: '足正斜位' }, {}, { lateralities: ['L', 'L', ''] })
    expect(keysOf({ findings: '右足跟骨完整。', impression: '右足未见骨折。' }, images)).toEqual([
      'warn side-images:findings:右',
      'warn side-images:impression:右',
    ])
    const bothSides = factsOf({ bodyPart: '足', itemName: '足正斜位' }, {}, { lateralities: ['L', 'R'] })
    expect(keysOf({ findings: '右足跟骨完整。', impression: '右足未见骨折。' }, bothSides)).toEqual([])
  })
  test('of a tracing may stand in its impression alone', () => {
    const tracing = factsOf({ modality: 'ECG', bodyPart: '', itemName: '十二导联心电图' })
    expect(keysOf({ findings: '窦性心律，QRS 时限 130 ms。', impression: '完全性右束支传导阻滞。' }, tracing)).toEqual(
      [],
    )
  })
})

describe('the person of a report', () => {
  test('is of the sex whose organs the text names', () => {
    expect(keysOf({ findings: '子宫前位，前列腺正常。' })).toContain('stop sex-words:findings:子宫')
    expect(keysOf({ findings: '前列腺增大，子宫正常。' }, woman())).toContain('stop sex-words:findings:前列腺')
    const either = factsOf({}, { sex: 'O' })
    expect(keysOf({ findings: '子宫前位，肺纹理清晰。' }, either)).toEqual([])
    const man = checkReport(
      reportDraftSchema.parse({ findings: '子宫前位，子宫内膜清，卵巢显示，患者女。', impression: '正常' }),
      factsOf(),
    )
    expect(man.map(({ key, mayOverride }) => [key, mayOverride])).toEqual([
      ['sex-words:findings:子宫', true],
      ['sex-words:findings:卵巢', true],
      ['sex-stated:findings:患者女', undefined],
    ])
    expect(keysOf({ findings: '双肺清晰，患者女。' })).toEqual(['stop sex-stated:findings:患者女'])
  })
  test('has the age that the text speaks of', () => {
    expect(keysOf({ findings: '双肺清晰。', impression: '主动脉硬化。' }, woman(9))).toEqual([
      'warn age-words:impression:动脉硬化',
    ])
    expect(keysOf({ findings: '胸廓对称，骺板存在。' })).toEqual(['warn age-words:findings:骺板'])
    expect(keysOf({ findings: '患者，男，72 岁，肺纹理清晰。' })).toEqual(['warn age-stated:findings:男，72 岁'])
    expect(keysOf({ findings: '患者，男，38 岁，肺纹理清晰。' })).toEqual([])
  })
  test('is nobody else', () => {
    expect(keysOf({ findings: '姓名：李小明，双肺清晰。' })).toEqual(['stop name-stated:findings:姓名：李小明'])
    expect(keysOf({ findings: '姓名：张伟，双肺清晰。' })).toEqual([])
    const day = factsOf({}, {}, { otherNames: ['欧阳明月', '高峰', '张伟'] })
    expect(keysOf({ findings: '欧阳明月双肺清晰，血流高峰。' }, day)).toEqual(['warn name-other:findings:欧阳明月'])
  })
  test('was examined with this device, on this part', () => {
    expect(keysOf({ findings: '肺内见低回声。' })).toEqual(['warn device-words:findings:低回声'])
    expect(keysOf({ findings: '双肺清晰。建议 CT 检查。' })).toEqual([])
    expect(keysOf({ findings: '膝关节诸骨完整。' })).toEqual(['warn part-other:findings:knee'])
    expect(keysOf({ findings: '未见明显异常。' })).toEqual([])
  })
})

describe('the words of a report', () => {
  test.each(['___', '＿＿', '【】', '【请选择】', '【左/右】', '约×cm', '第×肋', '××', 'XX'])(
    'have no blank %s',
    (blank) => {
      const text = `肺内见结节${blank}，余肺清晰。`
      const [check] = checkReport(reportDraftSchema.parse({ findings: text, impression: '未见异常' }), factsOf())
      expect(check).toMatchObject({ level: 'stop', field: 'findings' })
      expect(blank).toContain(text.slice(check!.from, check!.to))
    },
  )
  test('may multiply, and may stand in brackets of the doctor', () => {
    expect(keysOf({ findings: '肺内见结节，大小约 3.5 mm × 2.1 mm，3×4cm。【补充】DR×1' })).toEqual([])
  })
  test('are none that the clinic forbids', () => {
    const strict = factsOf({}, {}, { forbiddenWords: ['误诊', '没有问题'] })
    expect(keysOf({ findings: '双肺没有问题。' }, strict)).toEqual(['stop forbidden:findings:没有问题'])
    expect(keysOf({ findings: '双肺没有问题。' })).toEqual([])
  })
  test('can be written in the character set of the clouds', () => {
    expect(keysOf({ findings: '双肺\ud83d清晰' })).toEqual(['stop character-lost:findings:U+D83D'])
    expect(keysOf({ findings: '双肺\u200b清晰' })).toEqual(['warn character:findings:U+200B'])
    expect(keysOf({ findings: '双肺😀清晰' })).toEqual(['warn picture:findings:😀'])
    expect(keysOf({ findings: '双肺结节１２mm' })).toEqual(['warn full-width:findings:１２'])
    expect(keysOf({ findings: '双肺结节 12 mm，面积 3 cm²，→ 复查\n第二行♀' })).toEqual([])
  })
  test('measure what can be', () => {
    expect(keysOf({ findings: '肺结节 85 cm。' })).toEqual(['warn measure:findings:85 cm'])
    expect(keysOf({ findings: '肺结节 1200mm。' })).toEqual(['warn measure:findings:1200mm'])
    expect(keysOf({ findings: '肺结节 12mn。' })).toEqual(['warn unit-misspelt:findings:12mn'])
    expect(keysOf({ findings: '肺结节 1.2.3mm。' })).toContain('warn number:findings:1.2.3')
    expect(keysOf({ findings: '肺结节 12mm。', impression: '肺结节 12cm。' })).toEqual([
      'warn unit-differs:impression:12cm',
    ])
    expect(keysOf({ findings: '肺结节 12mm。', impression: '肺结节 1.2cm。' })).toEqual([])
  })
})

describe('the marks of a report', () => {
  test('are those of its impression', () => {
    const of = (impression: string, more: object) => keysOf({ findings: '如诊断。', impression, ...more })
    expect(of('', { positive: 'positive' })).toEqual(['warn impression-empty'])
    expect(of('左侧第 5 肋骨骨折。', { findings: '左侧第 5 肋骨骨折。', positive: 'negative' })).toEqual([
      'warn positive-contradicts:negative',
    ])
    expect(of('未见明显骨折、脱位征象。', { positive: 'negative' })).toEqual([])
    expect(of('肺炎待排。', { positive: 'negative' })).toEqual([])
    expect(of('双肺、心、膈未见明显异常。', { findings: '双肺清晰。', positive: 'positive' })).toEqual([
      'warn positive-contradicts:positive',
    ])
  })
  test('name what must be told at once, and what is catching', () => {
    const of = (impression: string, more: object = {}, facts = factsOf()) =>
      keysOf({ findings: '如诊断。', impression, positive: 'positive', ...more }, facts)
    expect(of('膈下游离气体，考虑消化道穿孔。')).toEqual(['warn critical-words:膈下游离气体'])
    expect(of('未见膈下游离气体。')).toEqual([])
    expect(of('膈下游离气体。', { critical: true })).toEqual(['warn critical-untold'])
    expect(of('膈下游离气体。', { critical: true }, factsOf({}, {}, { criticalTold: true }))).toEqual([])
    expect(of('膈下游离气体。', { critical: true, positive: 'undetermined' })).toContain('warn critical-not-positive')
    expect(of('活动性肺结核。')).toEqual(['warn infectious-words:活动性肺结核'])
    expect(of('活动性肺结核。', { infectious: true })).toEqual([])
  })
})

describe('what is found', () => {
  test('keeps its key when the text around it moves, and stands where it is said to', () => {
    const facts = factsOf({ bodyPart: '左膝关节' })
    const at = (findings: string) => checkReport(reportDraftSchema.parse({ findings, impression: '如上' }), facts)
    const [before] = at('左膝完整，右膝对照。')
    const [after] = at('检查所见：左膝骨质完整，右膝对照。')
    expect(after!.key).toBe(before!.key)
    expect('检查所见：左膝骨质完整，右膝对照。'.slice(after!.from, after!.to)).toBe('右')
  })
  test('comes in the order of the fields and of the text', () => {
    const checks = checkReport(
      reportDraftSchema.parse({ findings: '___，__', impression: '__', advice: '__', critical: true }),
      factsOf(),
    )
    expect(checks.map(({ field, from }) => `${field} ${from}`)).toEqual([
      'findings 0',
      'findings 4',
      'impression 0',
      'advice 0',
      'critical 0',
      'critical 0',
    ])
  })
})

describe('a template of the program', () => {
  const filled = (text: string) =>
    text
      .replace(/【([^】/]*)\/[^】]*】/gu, '$1')
      .replace(/【[^】]*】/gu, '')
      .replace(/_{2,}/gu, '12')
  test.each(builtInTexts.templates.map((one) => [`${one.folder} ${one.name}`, one] as const))(
    'says nothing that stops once it is filled in: %s',
    (_, template) => {
      const years = Math.max(template.fromAge ?? 0, Math.min(template.toAge ?? 60, 30))
      const facts = factsOf(
        { modality: modalitySchema.parse(template.modality), bodyPart: '', itemName: template.name },
        { sex: template.sex ?? 'F', birthDate: `${2026 - years}-01-05` },
        { forbiddenWords: defaultForbiddenWords },
      )
      const draft = {
        findings: filled(template.findings),
        impression: filled(template.impression),
        advice: template.advice,
      }
      const checks = checkReport(reportDraftSchema.parse(draft), facts)
      // What must be told at once is marked by the doctor: that is asked for on purpose.
      const asked = /^(critical|infectious)-words/
      expect(checks.filter(({ key }) => !asked.test(key)).map(({ words }) => words)).toEqual([])
    },
  )
})

describe('a text of nonsense', () => {
  const facts = factsOf({}, {}, { forbiddenWords: defaultForbiddenWords, otherNames: ['欧阳明月'] })
  test.each(['【', '_', '1', '1.', '左', '骨折', '\ud800', '\ue5e5', '约 ', '姓名：', '【/', '子宫', '１'])(
    'of twenty thousand %j is looked through, and told of in at most a few hundred lines',
    (piece) => {
      const text = piece.repeat(20_000 / piece.length)
      const draft = reportDraftSchema.parse({ findings: text, impression: text, positive: 'negative' })
      expect(checkReport(draft, facts).length).toBeLessThan(500)
    },
  )
})

describe('an ordinary report', () => {
  const of = (bodyPart: string, itemName: string, modality: 'DR' | 'CT' | 'US' | 'ECG' = 'DR') =>
    factsOf({ modality, bodyPart, itemName }, {}, { forbiddenWords: defaultForbiddenWords })
  const all = { positive: 'positive' as const }
  test.each([
    [
      '胸部',
      '胸部正位',
      'DR',
      '两肺纹理增多，右下肺野见斑片影，边缘模糊，大小约3.5×2.1cm。左侧肋膈角锐利。心影不大。',
      '右下肺炎症，建议治疗后复查。',
    ],
    ['胸部', '胸部正位', 'DR', '双肺纹理增多，心影大小正常。', '双肺纹理增多，心、膈未见明显异常。'],
    [
      '腰椎',
      '腰椎正侧位',
      'DR',
      '腰椎生理曲度变直，向左侧凸，L3.4.5椎体缘骨质增生，L4/5椎间隙变窄，【L5/S1】骶化。',
      '腰椎退行性变。',
    ],
    ['右手', '右手正斜位', 'DR', '右手第5掌骨颈骨皮质不连续，断端向掌侧成角，软组织肿胀。', '右手第5掌骨骨折。'],
    ['泌尿系', '泌尿系平片', 'DR', '双侧腰大肌影清晰，左肾区见高密度影，大小约8mm。', '左肾结石。'],
    [
      '腹部',
      '肝胆胰脾彩超',
      'US',
      '肝右叶见无回声区，大小约12mm×10mm，边界清。CDFI：其内未见血流信号。',
      '肝右叶囊肿。',
    ],
    ['左髋关节', '左髋关节正位', 'DR', '左侧股骨头形态正常，左髋关节间隙变窄，髋臼缘骨质增生。', '左髋关节退行性变。'],
    [
      '头颅',
      '头颅CT平扫',
      'CT',
      '左侧基底节区见斑点状低密度影，边界清楚。脑室不大，中线居中。',
      '左侧基底节区陈旧性腔隙性脑梗死。',
    ],
    ['头颅', '头颅CT平扫', 'CT', '右侧基底节区见软化灶。', '右侧基底节区陈旧性脑出血后遗改变。'],
    ['', '十二导联心电图', 'ECG', '窦性心律，心率 76 次/分，左室高电压。', '窦性心律；左室高电压。'],
  ] as const)('of %s %s %s asks for nothing', (bodyPart, itemName, modality, findings, impression) => {
    expect(keysOf({ findings, impression, ...all }, of(bodyPart, itemName, modality))).toEqual([])
  })
})
