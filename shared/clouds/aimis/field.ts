import type { FieldSource } from '../field-source.ts'

/** The type of an AIMIS field's value on the wire. `day` 'yyyy-MM-dd', `time` 'yyyy-MM-dd HH:mm:ss' in China time, both JSON strings. */
export type AimisFieldType = 'text' | 'int' | 'day' | 'time' | 'list'

/**
 * A: the call is refused without it. B: to be sent where it exists. C: optional (API document 2023, 检查上云相关接口,
 * 接口参数类型说明).
 */
export type AimisField = {
  readonly name: string
  readonly label: string
  readonly class: 'A' | 'B' | 'C'
  readonly type: AimisFieldType
  /** A code list, as text also where the value is a number. */
  readonly codes?: readonly string[]
  /** The code list in the words of the document. */
  readonly domain?: string
  readonly from: FieldSource
  /** What `from` alone does not say, in Chinese, for docs/field-mapping.md. */
  readonly note?: string
  /** Travels AES-256-ECB + HEX; in our own bodies it is in clear until the client seals it. */
  readonly sealed?: true
  /** Class A, but '' is a value (a callback's addresses before there is a report). */
  readonly mayBeEmpty?: true
  /** The fields of each entry of a list. */
  readonly entries?: readonly AimisField[]
}

/** A call's body, typed from its table. A missing class A field is found before sending, so the type allows it to be absent. */
export type AimisBody<Fields extends readonly AimisField[]> = {
  readonly [Field in Fields[number] as Field['name']]?: Field['type'] extends 'int'
    ? number
    : Field extends { readonly entries: infer Entries extends readonly AimisField[] }
      ? readonly AimisBody<Entries>[]
      : Field extends { readonly codes: readonly (infer Code)[] }
        ? Code
        : string
}

type Facts = Omit<AimisField, 'name' | 'type' | 'codes'>
type More = Partial<Omit<AimisField, 'name' | 'label' | 'class' | 'type' | 'from'>>
type Made<Name extends string, Type extends AimisFieldType, Extra> = Facts & {
  readonly name: Name
  readonly type: Type
} & Extra

const maker =
  <const Type extends AimisFieldType>(type: Type) =>
  <const Name extends string, const Extra extends More = Record<never, never>>(
    necessity: AimisField['class'],
    name: Name,
    label: string,
    from: FieldSource,
    more?: Extra,
  ): Made<Name, Type, Extra> =>
    ({ name, label, class: necessity, type, from, ...more }) as Made<Name, Type, Extra>

export const text = maker('text')
export const int = maker('int')
export const day = maker('day')
export const time = maker('time')
export const list = maker('list')
