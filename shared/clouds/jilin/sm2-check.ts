import type { CloudOutcome } from '../cloud-outcome.ts'
import type { FormerExam } from './former-exam.ts'
import { openSm2, type Sm2Form } from './sm2-field.ts'

/** Every way to write an SM2 cipher text that the document leaves open: order of its parts, encoding, leading 04. The usual one first. */
export function sm2Combinations(): readonly Sm2Form[] {
  return (['C1C3C2', 'C1C2C3'] as const).flatMap((order) =>
    (['base64', 'hex'] as const).flatMap((encoding) =>
      [true, false].map((prefix04): Sm2Form => ({ order, encoding, prefix04 })),
    ),
  )
}

/** GB/T 32918.5-2017, annex C: private key and the parts of the cipher text of 'encryption standard'. */
const published = {
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  c1: '04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0',
  c2: '21886ca989ca9c7d58087307ca93092d651efa',
  c3: '59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766',
} as const

/** The known-answer test: the published cipher text, written in every combination, opens to the published plain text. */
export function sm2SelfTest(): boolean {
  const { privateKey, c1, c2, c3 } = published
  return sm2Combinations().every((form) => {
    const hex = (form.prefix04 ? '04' : '') + c1 + (form.order === 'C1C3C2' ? c3 + c2 : c2 + c3)
    const written = form.encoding === 'hex' ? hex : Buffer.from(hex, 'hex').toString('base64')
    return openSm2(written, privateKey, form) === 'encryption standard'
  })
}

/** What the platform made of one combination. accepted: it could read the number; refused: it could not. */
export type Sm2Trial = {
  readonly result: 'accepted' | 'refused' | 'unclear'
  /** In words; no number in them. */
  readonly detail: string
  readonly detailInEnglish: string
}

/** 检查结果数据查询接口: found or not found (404), the number was read; 400 says that it was not. Whatever else comes says nothing about it. */
export function sm2TrialOf(outcome: CloudOutcome<readonly FormerExam[]>): Sm2Trial {
  if (outcome.kind === 'done') {
    const found = outcome.value.length
    return {
      result: 'accepted',
      detail: found === 0 ? '平台能解密：没有查到该号码的检查' : `平台能解密：查到 ${found} 个检查`,
      detailInEnglish: `The platform can read it: ${found} exams of this number.`,
    }
  }
  const { code, message, action, english = '', englishAction = '' } = outcome.reason
  if (code === 'JILIN-400') {
    const detailInEnglish = 'The platform cannot read it (it finds the parameters irregular).'
    return { result: 'refused', detail: '平台不能解密（入参不规范）', detailInEnglish }
  }
  const detailInEnglish = english === '' ? `${code}: ${message}` : `${english} ${englishAction}`
  return { result: 'unclear', detail: `${message}。${action}`, detailInEnglish }
}
