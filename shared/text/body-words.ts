export type BodySide = 'L' | 'R'

export const sideWords: Readonly<Record<BodySide, string>> = { L: '左', R: '右' }
export const sidesInEnglish: Readonly<Record<BodySide, string>> = { L: 'left', R: 'right' }

/**
 * Which sides a text names: ['L'] for '左膝', 'L KNEE', 'KNEE LT', 'left hand'; both for '双膝', 'BILATERAL', 'L/R'; [] for none. A
 * single L or R counts only as a word of its own beside a part that exists twice: 'L-SPINE', 'AP L', 'LL', 'RPO', 'T-L' and 'LATERAL'
 * name no side of the body. Chinese words that merely hold the characters (左右位, 右前斜位) name none either.
 */
export function bodySidesIn(text: string): BodySide[] {
  const chinese = text.replace(/左右(?:前|后)?斜?位|[左右](?:前|后)?斜位?|[左右]侧?卧位|[左右]侧位/gu, '')
  if (/双|两侧|左右/u.test(chinese)) return ['L', 'R']
  const sides = new Set<BodySide>()
  if (/左/u.test(chinese)) sides.add('L')
  if (/右/u.test(chinese)) sides.add('R')
  const words = text
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '')
  if (words.some((word) => ['BILATERAL', 'BILAT', 'BOTH'].includes(word))) return ['L', 'R']
  // A projection or a decubitus named with a side is how the patient lay, not which side it is.
  const isPosition = words.some((word) => ['LATERAL', 'LAT', 'OBLIQUE', 'OBL', 'DECUBITUS', 'DECUB'].includes(word))
  const hasPair = words.some((word) => pairedParts.has(word))
  for (const word of words) {
    if (!hasPair && isPosition) continue
    if (word === 'LEFT' || word === 'LT') sides.add('L')
    if (word === 'RIGHT' || word === 'RT') sides.add('R')
    if (hasPair && word === 'L') sides.add('L')
    if (hasPair && word === 'R') sides.add('R')
    const glued = /^([LR])([A-Z]{3,})$/.exec(word)
    if (glued?.[2] && pairedParts.has(glued[2])) sides.add(glued[1] as BodySide)
  }
  return [...sides].sort()
}

/** Parts that people have twice, as BodyPartExamined (PS3.16 annex L) and devices' programs write them. */
const pairedParts: ReadonlySet<string> = new Set(
  (
    'KNEE KNEES HAND HANDS FOOT FEET ANKLE ANKLES WRIST WRISTS ELBOW ELBOWS SHOULDER SHOULDERS HIP HIPS LEG LEGS ARM ARMS FINGER FINGERS ' +
    'THUMB TOE TOES HEEL CALCANEUS PATELLA FEMUR TIBIA FIBULA TIBFIB HUMERUS RADIUS ULNA FOREARM CLAVICLE SCAPULA SCAPHOID ' +
    'BREAST EYE ORBIT EAR MASTOID KIDNEY RIBS ACJOINT THIGH UPPERARM LOWERLEG'
  ).split(' '),
)

/** Words of one region, Chinese and as BodyPartExamined says it. A text may name several regions. */
const regions: readonly (readonly [string, RegExp, string])[] = [
  ['chest', /胸(?!椎)|肺|肋|心脏/u, 'CHEST LUNG LUNGS RIB RIBS THORAX HEART STERNUM'],
  ['abdomen', /腹|肝|胆|胰|脾|胃|肠|泌尿|肾/u, 'ABDOMEN LIVER STOMACH COLON KIDNEY KUB PANCREAS SPLEEN'],
  [
    'head',
    /头|颅|脑|鼻|眼|眶|耳|面|颌/u,
    'HEAD SKULL BRAIN NOSE SINUS SINUSES ORBIT ORBITS FACE JAW MANDIBLE MAXILLA EYE EAR',
  ],
  ['neck', /颈/u, 'NECK CSPINE CERVICALSPINE THYROID'],
  [
    'spine',
    /椎|脊柱|骶|尾骨|腰/u,
    'SPINE CSPINE TSPINE LSPINE LUMBAR SACRUM COCCYX CERVICALSPINE THORACICSPINE LUMBARSPINE SSPINE WHOLESPINE',
  ],
  ['pelvis', /盆|髋|骶/u, 'PELVIS HIP HIPS SACRUM'],
  ['breast', /乳/u, 'BREAST BREASTS'],
  ['shoulder', /肩|锁骨|上臂|肱/u, 'SHOULDER SHOULDERS CLAVICLE SCAPULA HUMERUS UPPERARM ARM'],
  ['elbow', /肘|前臂|尺|桡|上臂|肱/u, 'ELBOW FOREARM RADIUS ULNA HUMERUS ARM'],
  ['hand', /手|腕|指(?!征)/u, 'HAND HANDS WRIST WRISTS FINGER FINGERS THUMB SCAPHOID'],
  ['thigh', /大腿|股骨|髋/u, 'FEMUR THIGH HIP LEG'],
  ['knee', /膝|髌|小腿|胫|腓/u, 'KNEE KNEES PATELLA TIBIA FIBULA TIBFIB LOWERLEG LEG'],
  ['foot', /足|踝|跟骨|趾|脚/u, 'FOOT FEET ANKLE ANKLES TOE TOES HEEL CALCANEUS'],
]

/** The regions of the body that a text names; [] where it names none that is known ('EXTREMITY', '四肢', ''). */
export function bodyPartsIn(text: string): string[] {
  const letters = text.toUpperCase()
  const words = new Set([...letters.split(/[^A-Z]+/), letters.replace(/[^A-Z]/g, '')])
  return regions.flatMap(([region, chinese, english]) =>
    chinese.test(text) || english.split(' ').some((word) => words.has(word)) ? [region] : [],
  )
}
