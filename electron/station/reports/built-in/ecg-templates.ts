import type { TemplateInput } from '../../../../shared/models/writing.ts'
import { templateIn } from './template.ts'

const normal = templateIn('心电图/正常', 'ECG')
const rhythm = templateIn('心电图/心律', 'ECG')
const block = templateIn('心电图/传导', 'ECG')
const ischaemia = templateIn('心电图/心肌', 'ECG')

const values = '心率 ___ 次/分，PR 间期 ___ ms，QRS 时限 ___ ms，QT/QTc ___/___ ms，电轴 ___°。'

/** Electrocardiograms of twelve leads. */
export const ecgTemplates: readonly TemplateInput[] = [
  normal(
    '窦性心律 正常',
    `窦性心律，P 波规律出现。${values}各导联 ST 段无明显偏移，T 波未见明显异常。`,
    '窦性心律，正常心电图。',
  ),
  normal('大致正常', `窦性心律。${values}个别导联 T 波低平，ST 段无明显偏移。`, '窦性心律，大致正常心电图。'),
  rhythm('窦性心动过速', `窦性心律，心率大于 100 次/分。${values}`, '窦性心动过速。', { fromAge: 14 }),
  rhythm('窦性心动过缓', `窦性心律，心率小于 60 次/分。${values}`, '窦性心动过缓。', { fromAge: 14 }),
  rhythm('窦性心律不齐', `窦性 P 波，PP 间期互差大于 120 ms。${values}`, '窦性心律不齐。'),
  rhythm(
    '房性早搏',
    `窦性心律，可见提前出现的异位 P′波，其后 QRS 波形态正常，代偿间歇不完全。${values}`,
    '窦性心律，房性早搏。',
  ),
  rhythm(
    '室性早搏',
    `窦性心律，可见提前出现的宽大畸形 QRS 波，其前无相关 P 波，代偿间歇完全。${values}`,
    '窦性心律，室性早搏。',
    { advice: '必要时动态心电图检查。' },
  ),
  rhythm(
    '心房颤动',
    'P 波消失，代之以大小、形态、间距不等的 f 波，RR 间期绝对不齐。平均心室率 ___ 次/分，QRS 时限 ___ ms。',
    '心房颤动（平均心室率 ___ 次/分）。',
    { fromAge: 18 },
  ),
  rhythm(
    '阵发性室上性心动过速',
    '心室率 ___ 次/分，节律规整，QRS 波形态正常，P 波【不易辨认/逆行】。',
    '阵发性室上性心动过速。',
    { advice: '请临床立即处理。' },
  ),
  block(
    '一度房室传导阻滞',
    '窦性心律，每个 P 波后均有 QRS 波，PR 间期 ___ ms，大于 200 ms。',
    '窦性心律，一度房室传导阻滞。',
  ),
  block(
    '三度房室传导阻滞',
    'P 波与 QRS 波无固定关系，心房率 ___ 次/分，心室率 ___ 次/分，QRS 时限 ___ ms。',
    '三度房室传导阻滞。',
    { advice: '请临床立即处理。' },
  ),
  block(
    '完全性右束支传导阻滞',
    `窦性心律，V1 导联呈 rsR′型，I、V5、V6 导联 S 波增宽，QRS 时限大于 120 ms。${values}`,
    '窦性心律，完全性右束支传导阻滞。',
  ),
  block(
    '完全性左束支传导阻滞',
    `窦性心律，I、aVL、V5、V6 导联 R 波增宽、有切迹，V1 导联呈 rS 或 QS 型，QRS 时限大于 120 ms。${values}`,
    '窦性心律，完全性左束支传导阻滞。',
  ),
  ischaemia(
    'ST-T 改变',
    `窦性心律，___ 导联 ST 段压低约 ___ mV，T 波【低平/倒置】。${values}`,
    '窦性心律，ST-T 改变，请结合临床。',
  ),
  ischaemia(
    '左室高电压',
    `窦性心律，RV5 + SV1 = ___ mV。${values}各导联 ST 段无明显偏移。`,
    '窦性心律，左室高电压，请结合心脏超声。',
    { fromAge: 18 },
  ),
  ischaemia(
    '急性心肌梗死',
    `窦性心律，___ 导联 ST 段弓背向上抬高约 ___ mV，【可见/未见】病理性 Q 波，对应导联 ST 段压低。${values}`,
    '急性【前壁/下壁/侧壁】心肌梗死。',
    { fromAge: 18, advice: '请临床立即处理。' },
  ),
]
