import type { ReportCheck } from '../models/report.ts'
import { bodyPartsIn } from '../text/body-words.ts'
import type { CheckFacts } from './check-facts.ts'
import { placesOf } from './clauses.ts'
import { fieldWords, found, type ReportTexts, textFields } from './found.ts'
import { isTellingName } from './other-names.ts'

const ofWomen = /子宫|卵巢|输卵管|阴道|宫颈|宫腔|宫内|孕囊|妊娠|早孕|胎儿|胎心|胎盘|羊水|绝经|月经|双侧附件区/gu
const ofMen = /前列腺|精囊|睾丸|附睾|阴茎|阴囊|输精管|精索/gu

type AgeWords = { readonly words: RegExp; readonly isOdd: (years: number) => boolean }
const ages: readonly AgeWords[] = [
  { words: /老年性?|退行性|动脉硬化|骨质疏松|绝经|前列腺增生|白质变性/gu, isOdd: (years) => years < 18 },
  { words: /骨骺(?:线)?(?:未闭|存在)|骺板|骨化中心|囟门|胸腺影/gu, isOdd: (years) => years > 25 },
  { words: /新生儿/gu, isOdd: (years) => years >= 1 },
  { words: /婴儿|婴幼儿/gu, isOdd: (years) => years >= 4 },
  { words: /儿童|小儿|患儿/gu, isOdd: (years) => years >= 18 },
  { words: /孕囊|妊娠|早孕|胎儿|胎心/gu, isOdd: (years) => years < 12 || years > 55 },
]

/** Words of another device in the findings; as advice ('建议 CT') they are in their place. */
const otherDevices: Readonly<Record<string, RegExp>> = {
  DR: /[高低等无]回声|回声(?:均匀|增强|减低)|血流信号|CDFI|T[12]WI|[高低等]信号|CT\s?值|\bHU\b|窦性心律/gu,
  CT: /[高低等无]回声|回声(?:均匀|增强|减低)|血流信号|CDFI|T[12]WI|[高低等]信号|窦性心律/gu,
  MR: /[高低等无]回声|回声(?:均匀|增强|减低)|CDFI|CT\s?值|\bHU\b|窦性心律/gu,
  US: /T[12]WI|CT\s?值|\bHU\b|肺野|肺纹理|骨皮质连续|密度(?:增高|减低)影|窦性心律/gu,
  ECG: /回声|血流信号|密度影|肺纹理|T[12]WI|CT\s?值/gu,
}
const radiographs = ['CR', 'DX', 'RF']

/** Sex, age, name, device and part: whether the text is about this person and this exam at all. */
export function checkPerson(texts: ReportTexts, facts: CheckFacts): ReportCheck[] {
  return [
    ...textFields.flatMap((field) => [
      ...sexWords(texts[field], field, facts),
      ...ageWords(texts[field], field, facts),
      ...names(texts[field], field, facts),
    ]),
    ...deviceWords(texts.findings, facts),
    ...otherPart(texts.findings, facts),
  ]
}

/** Of what the text states again and again, the first are enough. */
const mostStated = 5

const sexNames = { M: '男', F: '女' } as const
const sexEnglish = { M: 'man', F: 'woman' } as const

function sexWords(text: string, field: keyof ReportTexts, { sex }: CheckFacts): ReportCheck[] {
  if (sex === 'O') return []
  const all = placesOf(text, sex === 'M' ? ofWomen : ofMen)
  const words = [...new Map(all.toReversed().map((place) => [place.text, place])).values()]
    .toReversed()
    .slice(0, mostStated)
  const stated = [...text.matchAll(/(?:患者|病人|患儿|受检者)[，,：:\s]?([男女])|([男女])性患者/gu)].filter(
    (match) => (match[1] ?? match[2]) !== sexNames[sex],
  )
  return [
    // There are men with a uterus and women with a prostate: a doctor who says so goes on.
    ...words.map((place) => ({
      ...found(
        'stop',
        'sex-words',
        field,
        place,
        `患者为${sexNames[sex]}性，${fieldWords[field].zh}里写了“${place.text}”`,
        `The patient is a ${sexEnglish[sex]}; the ${fieldWords[field].en} say “${place.text}”.`,
      ),
      mayOverride: true,
    })),
    ...stated
      .slice(0, mostStated)
      .map((match) =>
        found(
          'stop',
          'sex-stated',
          field,
          { text: match[0], from: match.index, to: match.index + match[0].length },
          `患者登记为${sexNames[sex]}性，${fieldWords[field].zh}里写了“${match[0]}”`,
          `The patient is registered as a ${sexEnglish[sex]}; the ${fieldWords[field].en} say otherwise.`,
        ),
      ),
  ]
}

function ageWords(text: string, field: keyof ReportTexts, { years }: CheckFacts): ReportCheck[] {
  const odd = ages.flatMap(({ words, isOdd }) => (isOdd(years) ? placesOf(text, words).slice(0, 1) : []))
  const stated = [...text.matchAll(/(?:患者|病人|[男女][，,、\s]*|年龄[：:]?\s*)(\d{1,3})\s*岁/gu)].filter(
    (match) => Math.abs(Number(match[1]) - years) > 1,
  )
  return [
    ...odd.map((place) =>
      found(
        'warn',
        'age-words',
        field,
        place,
        `患者 ${years} 岁，${fieldWords[field].zh}里写了“${place.text}”`,
        `The patient is ${years} years old; the ${fieldWords[field].en} say “${place.text}”.`,
      ),
    ),
    ...stated
      .slice(0, mostStated)
      .map((match) =>
        found(
          'warn',
          'age-stated',
          field,
          { text: match[0], from: match.index, to: match.index + match[0].length },
          `患者 ${years} 岁，${fieldWords[field].zh}里写的是 ${match[1]} 岁`,
          `The patient is ${years} years old; the ${fieldWords[field].en} say ${match[1]}.`,
        ),
      ),
  ]
}

/** A name that is said to be the patient's, and the names of others who were here these days. */
function names(text: string, field: keyof ReportTexts, { patientName, otherNames }: CheckFacts): ReportCheck[] {
  const stated = [...text.matchAll(/姓名[：:]\s*([\p{Script=Han}·]{2,8})/gu)].filter(
    (match) => match[1] !== undefined && !match[1].startsWith(patientName),
  )
  const others = otherNames.filter((name) => isTellingName(name, patientName) && text.includes(name))
  return [
    ...stated
      .slice(0, mostStated)
      .map((match) =>
        found(
          'stop',
          'name-stated',
          field,
          { text: match[0], from: match.index, to: match.index + match[0].length },
          `患者是${patientName}，${fieldWords[field].zh}里写的是“${match[1]}”`,
          `The patient is ${patientName}; the ${fieldWords[field].en} name “${match[1]}”.`,
        ),
      ),
    ...others.map((name) =>
      found(
        'warn',
        'name-other',
        field,
        { text: name, from: text.indexOf(name), to: text.indexOf(name) + name.length },
        `${fieldWords[field].zh}里有另一位患者的姓名“${name}”`,
        `The ${fieldWords[field].en} name another patient: “${name}”.`,
      ),
    ),
  ]
}

function deviceWords(text: string, { modality }: CheckFacts): ReportCheck[] {
  const words = otherDevices[radiographs.includes(modality) ? 'DR' : modality]
  const [place] = words ? placesOf(text, words) : []
  if (!place) return []
  return [
    found(
      'warn',
      'device-words',
      'findings',
      place,
      `这是 ${modality} 检查，所见里写了“${place.text}”`,
      `This is a ${modality} exam; the findings say “${place.text}”.`,
    ),
  ]
}

/** Only where the request and the findings both name parts that are known, and none in common. */
function otherPart(text: string, { requestParts, request }: CheckFacts): ReportCheck[] {
  const parts = bodyPartsIn(text.replace(/腰大肌/gu, ''))
  if (requestParts.length === 0 || parts.length === 0 || parts.some((part) => requestParts.includes(part))) return []
  return [
    {
      level: 'warn',
      key: `part-other:findings:${parts.join('+')}`,
      field: 'findings',
      from: 0,
      to: 0,
      words: `申请的是“${request}”，所见写的像是别的部位`,
      english: `The request says “${request}”; the findings seem to be about another part.`,
    },
  ]
}
