import { describe, expect, test } from 'vitest'
import { personWords } from '../../renderer/text/person-words.ts'

describe('a PN as people read it', () => {
  test.each([
    ['Yi^Ming=佚^名', '佚名 Yi Ming'],
    ['OUYANG^LIHUA=欧阳^丽华=', '欧阳丽华 OUYANG LIHUA'],
    ['王^小明', '王小明'],
    ['Hong^Gildong=洪^吉洞=홍^길동', '洪吉洞 홍길동 Hong Gildong'],
    ['van  der Berg^Jan^^Dr', 'van der Berg Jan Dr'],
    ['买买提·吐尔逊', '买买提·吐尔逊'],
    ['^^^^=', ''],
    ['', ''],
  ])('%s reads %s', (name, words) => {
    expect(personWords(name)).toBe(words)
  })
})
