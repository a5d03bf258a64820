/**
 * Matching of one key, PS3.4 C.2.2.2. Pure. An empty key matches everything (C.2.2.2.3), whatever its VR.
 */
export function matchesKey(vr: string, key: string, value: string): boolean {
  if (key === '' || key === '*') return true
  switch (vr) {
    case 'PN':
      return matchesName(key, value)
    case 'DA':
    case 'TM':
      return matchesRange(vr, key, value)
    case 'UI':
      return key.split('\\').includes(value) // C.2.2.2.2, list of UIDs
    default:
      return key.split('\\').some((one) => wildcard(one).test(value)) // C.2.2.2.4
  }
}

/** '*' any characters, '?' one; everything else as it is. */
function wildcard(key: string, flags = 'u'): RegExp {
  const pattern = key
    .trim()
    .replace(/[\\^$.|?*+()[\]{}]/gu, (sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : `\\${sign}`))
  return new RegExp(`^${pattern}$`, flags)
}

/**
 * PN without regard to case (C.2.2.2.1.1 leaves it to the SCP), against each component group, so that '张*' finds 张^三 and 'zhang*'
 * finds ZHANG^SAN. What a person types between the parts, '^', a blank or nothing, makes no difference.
 */
function matchesName(key: string, value: string): boolean {
  const keyGroups = key.split('=').map((group) => group.replace(/[\s^]+$/u, ''))
  const groups = value.split('=').filter((group) => group !== '')
  return keyGroups
    .filter((group) => group !== '')
    .every((keyGroup) => groups.some((group) => writings(keyGroup).some((one) => matchesWriting(one, group))))
}

function matchesWriting(key: string, group: string): boolean {
  const pattern = wildcard(key, 'iu')
  return writings(group).some((one) => pattern.test(one))
}

function writings(group: string): readonly string[] {
  const words = group.replace(/[\^\s]+/gu, ' ').trim()
  return [group, words, words.replaceAll(' ', '')]
}

/** 'from-to', 'from-', '-to', or one value (C.2.2.2.5). Times of different precision are compared as far as the key says. */
function matchesRange(vr: 'DA' | 'TM', key: string, value: string): boolean {
  const { from, to } = rangeOf(key)
  const plain = digits(value)
  if (vr === 'DA') return plain >= from.padEnd(8, '0') && plain <= to.padEnd(8, '9')
  // What has no time has none within a range, not midnight.
  if (plain === '') return from === '' && to === ''
  const time = plain.padEnd(6, '0')
  return time >= from.padEnd(6, '0') && time <= to.padEnd(6, '9')
}

/** Both ends of a DA or TM key as digits; '' where it is open. */
export function rangeOf(key: string): { readonly from: string; readonly to: string } {
  // An ACR-NEMA date may hold dots; a range's hyphen is the only one (dates with hyphens are not DICOM).
  const dash = key.indexOf('-')
  if (dash < 0) return { from: digits(key), to: digits(key) }
  return { from: digits(key.slice(0, dash)), to: digits(key.slice(dash + 1)) }
}

function digits(text: string): string {
  return text.replace(/\.\d*$/u, (fraction) => (text.length > 8 ? '' : fraction)).replace(/\D/gu, '')
}
