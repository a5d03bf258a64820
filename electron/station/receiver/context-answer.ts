/** What may be done on a presentation context. */
export type Service =
  | 'verification'
  | 'storage'
  | 'worklist'
  | 'query-patient-root'
  | 'query-study-root'
  | 'move-patient-root'
  | 'move-study-root'
  | 'get-patient-root'
  | 'get-study-root'
  | 'performed-step'
  | 'storage-commitment'

/** Result of one proposed presentation context, PS3.8 table 9-18: 3 abstract syntax, 4 transfer syntaxes not supported. */
export type ContextAnswer =
  | {
      readonly id: number
      readonly result: 0
      readonly service: Service
      readonly transferSyntax: string
      readonly abstractSyntax: string
      /** The answer to roles that were proposed for it, PS3.7 D.3.3.4; absent: none were, the requester is SCU. */
      readonly roles?: { readonly scu: boolean; readonly scp: boolean }
    }
  | { readonly id: number; readonly result: 3 | 4 }

export type AcceptedContext = Extract<ContextAnswer, { result: 0 }>
