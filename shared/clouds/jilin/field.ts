import type { FieldSource } from '../field-source.ts'

/** One field of the provincial document. Lengths count bytes in GB 18030 (a Chinese character is two), see its 附录. */
export type JilinField = {
  readonly name: string
  readonly label: string
  /** S1 free text, S3 code list, N number, D day, DT time, Ar list, BY file. */
  readonly type: 'S1' | 'S3' | 'N' | 'D' | 'DT' | 'Ar' | 'BY'
  /** 'AN..60' at most 60 bytes; 'N6,2' six characters with the point and two decimals; D8 and DT15 see `isWireTime`. */
  readonly format: string
  readonly required: boolean
  readonly codes?: readonly string[]
  /** Over-long: sent whole with a warning instead of being refused (protocols: narrative texts, and UIDs of up to 64). */
  readonly soft?: 'narrative' | 'uid'
  /** Required, but '' is a value (无内容时可传空值). */
  readonly mayBeEmpty?: true
  /** Travels SM2-encrypted; its length is that of the plain text. */
  readonly sealed?: true
  /** The name that the document's example uses instead. */
  readonly exampleName?: string
  /** The code list in the words of the document. */
  readonly domain?: string
  readonly from: FieldSource
  /** What `from` alone does not say, in Chinese, for docs/field-mapping.md. */
  readonly note?: string
}

/** A call's body, typed from its table. All may be absent here: what is missing is found before sending. */
export type JilinBody<Fields extends readonly JilinField[]> = {
  readonly [Field in Fields[number] as Field['name']]?: Field['type'] extends 'N' ? number : string
}

type Facts = Omit<JilinField, 'name' | 'type'>
type More = Partial<Omit<Facts, 'label' | 'format' | 'from'>>
type Made<Name extends string, Type extends JilinField['type'], Extra> = Facts & {
  readonly name: Name
  readonly type: Type
} & Extra

const maker =
  <const Type extends JilinField['type']>(type: Type, formatOf: (limit: number) => string) =>
  <const Name extends string, const Extra extends More = Record<never, never>>(
    name: Name,
    label: string,
    limit: number,
    from: FieldSource,
    more?: Extra,
  ): Made<Name, Type, Extra> =>
    ({ name, label, type, format: formatOf(limit), required: false, from, ...more }) as Made<Name, Type, Extra>

const unlimited =
  <const Type extends JilinField['type']>(type: Type, format: string) =>
  <const Name extends string, const Extra extends More = Record<never, never>>(
    name: Name,
    label: string,
    from: FieldSource,
    more?: Extra,
  ): Made<Name, Type, Extra> =>
    ({ name, label, type, format, required: false, from, ...more }) as Made<Name, Type, Extra>

/** S1, 'AN..limit'. */
export const text = maker('S1', (limit) => `AN..${limit}`)
/** S3, 'AN..limit'. */
export const code = maker('S3', (limit) => `AN..${limit}`)
export const time = unlimited('DT', 'DT15')
export const day = unlimited('D', 'D8')
/** N6,2. */
export const price = unlimited('N', 'N6,2')
export const file = unlimited('BY', '')
export const list = unlimited('Ar', '')

/** For `more`: 必填 是. */
export const required = { required: true } as const
