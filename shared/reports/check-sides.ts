import type { ReportCheck } from '../models/report.ts'
import { type BodySide, sideWords } from '../text/body-words.ts'
import type { CheckFacts } from './check-facts.ts'
import { type Place, placesOf } from './clauses.ts'
import { fieldWords, found, type ReportTexts } from './found.ts'

/** Projections, measures and how the patient lay: they hold the characters and name no side of the body. */
const noSide =
  /左右(?:前|后)?斜?位|[左右](?:前|后)?斜位?|[左右]侧?卧位|[左右]侧位|左右(?:径|两叶|叶)|左右对称|电轴[左右]偏|向[左右]侧?(?:偏|移|弯|突|凸)|[左右]侧?(?:弯|凸)|[左右]移/gu
/** Parts of the one heart. */
const heart = /[左右](?:心[室房缘耳]?|室|房|束支|冠|前降支|回旋支|向左|主干)/gu
const both = /双侧?|两(?=[侧肺膝肾手足踝髋肩肘腕乳眼耳膈上中下])侧?|左右/gu
const sides: Readonly<Record<BodySide, RegExp>> = { L: /左/gu, R: /右/gu }
/** Where the other side is only what one compares with, or what was not examined: '对侧（右膝）', '与左侧对比', '右侧未摄片'. */
const compared =
  /对侧[（(]?[左右]侧?|(?:[与和同较比]|对比|相对于?)(?:对侧)?[左右]侧?[^，,。；;\n]{0,6}(?:对比|比较|相比|相仿|对照)|较[左右]侧|[左右]侧?[^，,。；;\n]{0,4}(?:未摄片|未检查|未扫描|未拍片)/gu
const english: Readonly<Record<BodySide, string>> = { L: 'left', R: 'right' }
const otherSide = (side: BodySide): BodySide => (side === 'L' ? 'R' : 'L')

/** Left out without moving what follows. */
const blank = (text: string, expression: RegExp): string => text.replace(expression, (word) => ' '.repeat(word.length))

type Sides = { readonly L: readonly Place[]; readonly R: readonly Place[]; readonly both: readonly Place[] }

/** Where a text names a side of the body; `both`: 双, 两侧, 左右. */
export function sidesIn(text: string): Sides {
  const body = blank(text, noSide)
  return {
    L: placesOf(blank(body, both), sides.L),
    R: placesOf(blank(body, both), sides.R),
    both: placesOf(body, both),
  }
}

const names = (text: Sides, side: BodySide): boolean => text[side].length > 0 || text.both.length > 0

/** Left and right: against what was asked for, against what the images say, and of the two texts against each other. */
export function checkSides(texts: ReportTexts, facts: CheckFacts): ReportCheck[] {
  return [...againstRequest(texts, facts), ...againstImages(texts, facts), ...againstEachOther(texts, facts)]
}

function againstRequest(texts: ReportTexts, facts: CheckFacts): ReportCheck[] {
  const [side, ...more] = facts.requestSides
  if (!side || more.length > 0) return []
  const wrong = otherSide(side)
  const bodies = {
    findings: sidesIn(blank(blank(texts.findings, compared), heart)),
    impression: sidesIn(blank(blank(texts.impression, compared), heart)),
  }
  const isNamed = names(bodies.findings, side) || names(bodies.impression, side)
  return (['findings', 'impression'] as const).flatMap((field) => {
    const place = bodies[field][wrong][0]
    if (!place) return []
    // The very part that was asked for, and only on the other side.
    const part = facts.part.charAt(0)
    const isPart = part !== '' && new RegExp(`^[左右]侧?${escaped(part)}`, 'u').test(texts[field].slice(place.from))
    return found(
      isPart && !isNamed ? 'stop' : 'warn',
      'side-request',
      field,
      place,
      `申请的是${sideWords[side]}侧（${facts.request}），${fieldWords[field].zh}里写了“${sideWords[wrong]}”`,
      `The request says ${english[side]} (${facts.request}), the ${fieldWords[field].en} say ${english[wrong]}.`,
    )
  })
}

function againstImages(texts: ReportTexts, { imageSide, requestSides }: CheckFacts): ReportCheck[] {
  if (!imageSide || requestSides.length > 0) return []
  const wrong = otherSide(imageSide)
  return (['findings', 'impression'] as const).flatMap((field) => {
    const text = sidesIn(blank(texts[field], heart))
    const place = text[wrong][0]
    if (!place || names(text, imageSide)) return []
    return found(
      'warn',
      'side-images',
      field,
      place,
      `影像标的是${sideWords[imageSide]}侧，${fieldWords[field].zh}里只写了“${sideWords[wrong]}”`,
      `The images say ${english[imageSide]}, the ${fieldWords[field].en} say only ${english[wrong]}.`,
    )
  })
}

/** An impression names no side that the findings don't. A tracing's axis and bundle branches stand in its impression alone. */
function againstEachOther(texts: ReportTexts, { modality }: CheckFacts): ReportCheck[] {
  if (modality === 'ECG' || texts.findings.trim() === '') return []
  const findings = sidesIn(texts.findings)
  // The left ventricle says nothing of where a lung is ill.
  const ofBody = sidesIn(blank(texts.findings, heart))
  const impression = sidesIn(texts.impression)
  const checks = (['L', 'R'] as const).flatMap((side) => {
    const place = impression[side][0]
    // '双肺纹理增多' stands in nearly every chest: where one side is singled out, it does not speak for the other.
    const isSaid = findings[side].length > 0 || (findings.both.length > 0 && ofBody[otherSide(side)].length === 0)
    if (!place || isSaid) return []
    const other = sideWords[otherSide(side)]
    const said = ofBody[otherSide(side)].length > 0 ? `所见里写的是“${other}”` : '所见里没有提到'
    return found(
      'warn',
      'side-texts',
      'impression',
      place,
      `诊断写“${sideWords[side]}”，${said}`,
      `The impression says ${english[side]}, the findings do not.`,
    )
  })
  const place = impression.both[0]
  const seen = (['L', 'R'] as const).filter((side) => names(findings, side))
  const [only] = seen
  if (place && only && seen.length === 1)
    checks.push(
      found(
        'warn',
        'side-texts',
        'impression',
        place,
        `诊断写“${place.text}”，所见里只提到${sideWords[only]}侧`,
        `The impression says both sides, the findings only the ${english[only]} one.`,
      ),
    )
  return checks
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
