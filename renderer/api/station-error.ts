/** What the station says when something did not work, in words for a person. */
export class StationError extends Error {
  override readonly name = 'StationError'
  readonly status: number
  readonly code: string
  readonly action: string
  /** '' where the desk itself failed: its words are in renderer/text. */
  readonly english: string
  readonly englishAction: string
  /** Field path → words. */
  readonly fields: Readonly<Record<string, string>>
  readonly fieldsInEnglish: Readonly<Record<string, string>>

  constructor(facts: {
    readonly status: number
    readonly code: string
    readonly message: string
    readonly action: string
    readonly english?: string | undefined
    readonly englishAction?: string | undefined
    readonly fields?: Readonly<Record<string, string>> | undefined
    readonly fieldsInEnglish?: Readonly<Record<string, string>> | undefined
  }) {
    super(facts.message)
    this.status = facts.status
    this.code = facts.code
    this.action = facts.action
    this.english = facts.english ?? ''
    this.englishAction = facts.englishAction ?? ''
    this.fields = facts.fields ?? {}
    this.fieldsInEnglish = facts.fieldsInEnglish ?? {}
  }
}

/** What the contract itself refuses: a number too large, a field left empty. */
export const refusedInputCode = 'BAD-REQUEST'
/** No answer at all: the station is not running, or is being restarted. */
export const unreachableCode = 'DESK-UNREACHABLE'
/** Pixels that this desk cannot show. */
export const badImageCode = 'DESK-BAD-IMAGE'
/** An answer that is not in the station's form. */
export const badAnswerCode = 'DESK-BAD-ANSWER'
