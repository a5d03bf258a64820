import { expect, test } from 'vitest'
import { failureWords } from '../../renderer/api/failure-words.ts'
import { StationError } from '../../renderer/api/station-error.ts'
import { fieldWords } from '../../renderer/components/show-field-errors.ts'

const refused = new StationError({
  status: 400,
  code: 'BAD-REQUEST',
  message: '提交的内容不符合要求：端口不能大于 65535',
  action: '请按标红处的提示修改',
  english: 'The request is not valid: port must be at most 65535',
  englishAction: 'Change what is marked in red.',
  fields: { port: '不能大于 65535', uid: '没有英文说法' },
  fieldsInEnglish: { port: 'must be at most 65535' },
})

test('what the contract refuses is told with its code and what to do, in the desk’s language', () => {
  expect(failureWords(refused, 'zh-CN')).toEqual({
    message: '提交的内容不符合要求：端口不能大于 65535',
    action: '请按标红处的提示修改',
    code: 'BAD-REQUEST',
  })
  expect(failureWords(refused, 'en')).toEqual({
    message: 'The request is not valid: port must be at most 65535',
    action: 'Change what is marked in red, then try again.',
    code: 'BAD-REQUEST',
  })
})

test('the words at a field are in the desk’s language, as far as the station has them in it', () => {
  expect(fieldWords(refused, 'zh-CN')).toEqual({ port: '不能大于 65535', uid: '没有英文说法' })
  expect(fieldWords(refused, 'en')).toEqual({ port: 'must be at most 65535', uid: '没有英文说法' })
})
