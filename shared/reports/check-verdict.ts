import type { ReportCheck, ReportDraft } from '../models/report.ts'
import type { CheckFacts } from './check-facts.ts'
import { placesOf, saidWithoutNegation } from './clauses.ts'

const abnormal =
  /骨折|脱位|结节|肿块|肿物|占位|积液|积气|气胸|肺炎|炎症|炎性|感染|结石|梗死|梗阻|出血|血肿|狭窄|转移|恶性|癌|穿孔|动脉瘤|夹层|栓塞|结核|坏死|撕裂|扩张|增大|肥大|骨质增生|退行性|侧弯|囊肿|息肉|异位|畸形/gu
const normal = /(?:未见|未发现|无)(?:明显|明确|确切|显著)?(?:异常|病变|活动性)|正常/gu
/** What stands beside a verdict and is none. */
const notVerdict = /建议|请|随访|复查|结合|^\s*$/u
/** It was, and is not now. */
const past = /陈旧|后遗|恢复期|吸收期|术后/u

/** A finding that somebody must be told of at once (危急值), as the lists of Chinese hospitals name them. */
const critical =
  /张力性气胸|大量气胸|脑出血|脑疝|蛛网膜下腔出血|硬膜[下外]血肿|主动脉夹层|肺(?:动脉)?栓塞|膈下游离气体|消化道穿孔|宫外孕|异位妊娠(?!可能)|急性心肌梗死|心包填塞|心脏压塞|绞窄性肠梗阻|肠系膜(?:动脉|静脉)?栓塞|肝破裂|脾破裂|颈椎(?:骨折|脱位)|室颤|心室颤动|III度房室传导阻滞|三度房室传导阻滞/gu
const infectious = /活动性(?:肺)?结核|肺结核|粟粒性?结核|结核性胸膜炎|新型冠状病毒|麻疹/gu

type Draft = Pick<ReportDraft, 'findings' | 'impression' | 'positive' | 'critical' | 'infectious'>

/** The marks of a report against its words: positive, critical, infectious, and that something is written at all. */
export function checkVerdict(draft: Draft, facts: Pick<CheckFacts, 'criticalTold'>): ReportCheck[] {
  const checks: ReportCheck[] = []
  const { findings, impression } = draft
  const hasImpression = impression.trim() !== ''
  if (!hasImpression && findings.trim() === '')
    checks.push(whole('text-empty', 'findings', '所见和诊断都没有写', 'Findings and impression are both empty.'))
  else if (!hasImpression)
    checks.push(
      draft.positive === 'positive'
        ? whole('impression-empty', 'impression', '标为阳性，诊断却没有写', 'Positive, but the impression is empty.')
        : whole('impression-empty', 'impression', '诊断没有写', 'The impression is empty.'),
    )
  const bad = saidWithoutNegation(impression, abnormal)
  if (draft.positive === 'negative' && bad[0])
    checks.push({
      ...bad[0],
      level: 'warn',
      key: 'positive-contradicts:negative',
      field: 'impression',
      words: `标为阴性，诊断里却有“${bad[0].text}”`,
      english: `Marked negative, but the impression says “${bad[0].text}”.`,
    })
  const verdicts = impression.split(/[。；;，,\n]/u).filter((clause) => !notVerdict.test(clause))
  const [fine] = placesOf(impression, normal)
  if (draft.positive === 'positive' && fine && verdicts.every((clause) => clause.search(normal) >= 0))
    checks.push({
      ...fine,
      level: 'warn',
      key: 'positive-contradicts:positive',
      field: 'impression',
      words: `标为阳性，诊断却写“${fine.text}”`,
      english: `Marked positive, but the impression says “${fine.text}”.`,
    })
  const urgent = saidWithoutNegation(impression, critical, past)[0]
  if (!draft.critical && urgent)
    checks.push({
      ...urgent,
      level: 'warn',
      key: `critical-words:${urgent.text}`,
      field: 'impression',
      words: `诊断里有“${urgent.text}”，没有标危急值`,
      english: `The impression says “${urgent.text}”, but the report is not marked critical.`,
    })
  if (draft.critical && draft.positive !== 'positive')
    checks.push(whole('critical-not-positive', 'critical', '标为危急值，却不是阳性', 'Critical, but not positive.'))
  if (draft.critical && !facts.criticalTold)
    checks.push(
      whole('critical-untold', 'critical', '危急值还没有通知记录', 'Nobody is noted as told of the critical finding.'),
    )
  const catching = saidWithoutNegation(impression, infectious, past)[0]
  if (!draft.infectious && catching)
    checks.push({
      ...catching,
      level: 'warn',
      key: `infectious-words:${catching.text}`,
      field: 'impression',
      words: `诊断里有“${catching.text}”，没有标传染`,
      english: `The impression says “${catching.text}”, but the report is not marked infectious.`,
    })
  return checks.map(({ level, key, field, from, to, words, english }) => ({
    level,
    key,
    field,
    from,
    to,
    words,
    english,
  }))
}

function whole(key: string, field: ReportCheck['field'], words: string, english: string): ReportCheck {
  return { level: 'warn', key, field, from: 0, to: 0, words, english }
}
